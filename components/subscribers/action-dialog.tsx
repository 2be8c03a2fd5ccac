"use client";

import { CallDialog, type CallDialogProps } from "@/components/trpc/call-dialog";
import { useErrorWords } from "./use-error-words";

export { InputRefused } from "@/components/trpc/call-dialog";

/** An action on a subscriber's page, its refusals in this page's words. */
export function ActionDialog<Answer>(props: CallDialogProps<Answer>) {
  return <CallDialog {...props} words={useErrorWords()} />;
}
