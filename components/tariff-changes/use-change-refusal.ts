"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["changes"]["errors"]["reason"];

export function useChangeRefusal(): (error: unknown) => string {
  const t = useTranslations("changes.errors");
  return useRefusalWords(t, (key) => t(key as `reason.${Reason}`));
}
