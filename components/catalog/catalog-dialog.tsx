"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { CallDialog, type CallDialogProps } from "@/components/trpc/call-dialog";
import { useRefusalWords } from "@/components/trpc/use-refusal-words";

export { InputRefused } from "@/components/trpc/call-dialog";

type Reason = keyof Messages["catalog"]["errors"]["reason"];

export function useCatalogRefusal(): (error: unknown) => string {
  const t = useTranslations("catalog.errors");
  return useRefusalWords(t, (key) => t(key as `reason.${Reason}`));
}

/** An action of the catalog, its refusals in the catalog's words. */
export function CatalogDialog<Answer>(props: CallDialogProps<Answer>) {
  return <CallDialog {...props} words={useCatalogRefusal()} />;
}
