"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactElement, ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { IconButton } from "./icon-button";

type Props = {
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. Wrap a cancel button in `DialogClose`. */
  footer?: ReactNode;
  /** `center` becomes a sheet from below on a phone; `side` slides in from the right at full height. */
  placement?: "center" | "side";
};

/** One question or one task over the page: focus is kept inside, Escape closes, focus returns to the button. */
export function Dialog({
  trigger,
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  placement = "center",
}: Props) {
  const t = useTranslations("ui");
  const controlled = open === undefined ? {} : { open };
  return (
    <Base.Root {...controlled} onOpenChange={(next) => onOpenChange?.(next)}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_265/0.45)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cn(
            "fixed z-50 flex flex-col border border-line bg-surface text-ink shadow-popup transition-[opacity,translate] duration-150 ease-out",
            "data-ending-style:opacity-0 data-starting-style:opacity-0",
            placement === "center" && [
              "inset-x-0 bottom-0 max-h-[92dvh] rounded-t-hero max-sm:data-starting-style:translate-y-6",
              "sm:inset-auto sm:top-1/2 sm:left-1/2 sm:max-h-[86dvh] sm:w-[30rem] sm:max-w-[calc(100vw-2rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-card",
            ],
            placement === "side" &&
              "inset-y-0 right-0 w-[26rem] max-w-[calc(100vw-2.5rem)] data-starting-style:translate-x-6",
          )}
        >
          <header className="flex items-start justify-between gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0">
              <Base.Title className="text-[1.0625rem] font-semibold tracking-[-0.01em]">{title}</Base.Title>
              {description ? (
                <Base.Description className="mt-0.5 text-small text-muted">{description}</Base.Description>
              ) : null}
            </div>
            <Base.Close
              render={
                <IconButton label={t("close")} size="s" className="-mt-0.5 -mr-2">
                  <X aria-hidden="true" />
                </IconButton>
              }
            />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 pt-3 pb-[calc(0.75rem+env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Closes the dialog it stands in: `<DialogClose render={<Button>Отмена</Button>} />`. */
export function DialogClose({ render }: { render: ReactElement }) {
  return <Base.Close render={render} />;
}
