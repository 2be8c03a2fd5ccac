"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const KEYS = [
  { what: "search", keys: ["⌘K", "Ctrl K", "/"] },
  { what: "move", keys: ["↑", "↓"] },
  { what: "enter", keys: ["Enter"] },
  { what: "escape", keys: ["Esc"] },
  { what: "help", keys: ["?"] },
] as const;

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Every key there is, in words. */
export function KeysDialog({ open, onOpenChange }: Props) {
  const t = useTranslations("staff.keys");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")}>
      <dl className="divide-y divide-line">
        {KEYS.map(({ what, keys }) => (
          <div key={what} className="flex items-center justify-between gap-4 py-2.5">
            <dt>{t(what)}</dt>
            <dd className="flex items-center gap-1.5">
              {keys.map((key, index) => (
                <span key={key} className="flex items-center gap-1.5">
                  {index > 0 ? <span className="text-small text-muted">{t("or")}</span> : null}
                  <Kbd>{key}</Kbd>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
