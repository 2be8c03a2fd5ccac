"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "@/components/i18n/messages";
import { useRefusalWords } from "@/components/trpc/use-refusal-words";

type Reason = keyof Messages["addons"]["errors"]["reason"];

export function useAddOnRefusal(): (error: unknown) => string {
  const t = useTranslations("addons.errors");
  return useRefusalWords(t, (key) => t(key as `reason.${Reason}`));
}
