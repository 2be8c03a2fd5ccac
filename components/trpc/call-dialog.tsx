"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactElement, type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";

export type CallDialogProps<Answer> = {
  trigger: ReactElement;
  title: string;
  /** What it is about and what follows from it. */
  text: ReactNode;
  submit: string;
  busy: string;
  /** Said when it is done; of what was answered, when that matters. */
  done: string | ((answer: Answer) => string);
  danger?: boolean;
  /** Not to be sent as it is: a tick is missing, the price is still being asked for. */
  disabled?: boolean;
  /** Calls the procedure; what it throws is shown in words and what was typed stays. */
  run: (form: FormData) => Promise<Answer>;
  onOpen?: () => void;
  children?: ReactNode;
};

type Props<Answer> = CallDialogProps<Answer> & {
  /** A failed call in words. */
  words: (error: unknown) => string;
};

/** One action with its consequences said first. Nothing on the page changes before the server has answered. */
export function CallDialog<Answer>(props: Props<Answer>) {
  const { trigger, title, text, submit, busy, done, danger, disabled = false, run, onOpen, words, children } = props;
  const t = useTranslations("ui");
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setRunning(true);
    setError(null);
    try {
      const answer = await run(new FormData(event.currentTarget));
      setOpen(false);
      showToast({ tone: "ok", title: typeof done === "string" ? done : done(answer) });
      router.refresh();
    } catch (caught) {
      setError(caught instanceof InputRefused ? caught.message : words(caught));
    } finally {
      setRunning(false);
    }
  }

  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(null);
        if (next) onOpen?.();
      }}
      title={title}
      description={text}
      footer={
        <>
          <DialogClose render={<Button size="s">{t("cancel")}</Button>} />
          <Button
            type="submit"
            form={formId}
            size="s"
            kind={danger ? "danger" : "primary"}
            disabled={disabled}
            busy={running && busy}
          >
            {submit}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={onSubmit} className="grid gap-4">
        {children}
        <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
          {error ? (
            <>
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span>{error}</span>
            </>
          ) : null}
        </p>
      </form>
    </Dialog>
  );
}

/** What was typed cannot be sent; the message is in the reader's own words. */
export class InputRefused extends Error {}
