"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["bank"]["errors"]["reason"];

/** A failed call in the words of this page. */
export function useBankWords(): RefusalWords {
  const t = useTranslations("bank.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values as never));
}
