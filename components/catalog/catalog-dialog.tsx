"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { CallDialog, type CallDialogProps } from "@/components/trpc/call-dialog";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

export { InputRefused } from "@/components/trpc/call-dialog";

type Reason = keyof Messages["catalog"]["errors"]["reason"];

export function useCatalogRefusal(): RefusalWords {
  const t = useTranslations("catalog.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values));
}

/** An action of the catalog, its refusals in the catalog's words. */
export function CatalogDialog<Answer>(props: CallDialogProps<Answer>) {
  return <CallDialog {...props} words={useCatalogRefusal()} />;
}
