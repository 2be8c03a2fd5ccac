"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["subscribers"]["errors"]["reason"];

/** A failed call in the words of a subscriber's page. */
export function useErrorWords(): RefusalWords {
  const t = useTranslations("subscribers.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values));
}
