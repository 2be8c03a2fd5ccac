"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["terminals"]["errors"]["reason"];

/** A failed call in the words of the terminals' page. */
export function useTerminalWords(): RefusalWords {
  const t = useTranslations("terminals.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values));
}
