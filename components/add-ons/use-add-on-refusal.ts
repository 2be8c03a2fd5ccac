"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { type RefusalWords, useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["addons"]["errors"]["reason"];

export function useAddOnRefusal(): RefusalWords {
  const t = useTranslations("addons.errors");
  return useRefusalWords(t, (key, values) => t(key as `reason.${Reason}`, values));
}
