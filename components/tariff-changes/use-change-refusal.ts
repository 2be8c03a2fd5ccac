"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["changes"]["errors"]["reason"];

export function useChangeRefusal(): RefusalWords {
  const t = useTranslations("changes.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values));
}
