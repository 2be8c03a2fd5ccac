"use client";

import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactElement, type ReactNode, type SubmitEvent, useCallback, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { showToast } from "@/components/ui/toast";
import { CallFailureContext } from "./call-field";
import { refusalOf } from "./refusal";
import type { RefusalWords } from "./use-refusal-words";

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
  words: RefusalWords;
};

interface Failure {
  /** By the fields it is about. */
  readonly fields: Readonly<Record<string, string>>;
  /** Of the whole, when some of it is about nothing that is on the screen as a `CallField`. */
  readonly whole: string | null;
}

const NONE: Failure = { fields: {}, whole: null };

/** One action with its consequences said first. Nothing on the page changes before the server has answered. */
export function CallDialog<Answer>(props: Props<Answer>) {
  const { trigger, title, text, submit, busy, done, danger, disabled = false, run, onOpen, words, children } = props;
  const t = useTranslations("ui");
  const router = useRouter();
  const formId = useId();
  const [open, setOpen] = useState(false);
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState(NONE);
  const shown = useRef(new Set<string>());
  const show = useCallback((path: string) => {
    shown.current.add(path);
    return () => shown.current.delete(path);
  }, []);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setRunning(true);
    setFailure(NONE);
    try {
      const answer = await run(new FormData(event.currentTarget));
      setOpen(false);
      showToast({ tone: "ok", title: typeof done === "string" ? done : done(answer) });
      router.refresh();
    } catch (caught) {
      setFailure(failureOf(caught, words, shown.current));
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
        setFailure(NONE);
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
        <CallFailureContext value={{ words: failure.fields, show }}>{children}</CallFailureContext>
        <p role="alert" className="flex items-start gap-1.5 text-small text-danger empty:hidden">
          {failure.whole ? (
            <>
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              <span>{failure.whole}</span>
            </>
          ) : null}
        </p>
      </form>
    </Dialog>
  );
}

/** What was typed cannot be sent; the message is in the reader's own words, `field` the path of the field it is about. */
export class InputRefused extends Error {
  constructor(
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

function failureOf(error: unknown, words: RefusalWords, shown: ReadonlySet<string>): Failure {
  const isOwn = error instanceof InputRefused;
  const paths = isOwn ? [error.field ?? ""] : Object.keys(refusalOf(error)?.fields ?? {});
  const atFields = paths.filter((path) => shown.has(path));
  const wordsOf = (path?: string) => (isOwn ? error.message : words(error, path));
  return {
    fields: Object.fromEntries(atFields.map((path) => [path, wordsOf(path)])),
    whole: paths.length > 0 && atFields.length === paths.length ? null : wordsOf(),
  };
}
