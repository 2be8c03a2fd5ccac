"use client";

import { useTranslations } from "next-intl";
import { errorText } from "@/components/i18n/error-text";
import type { Messages } from "@/components/i18n/messages";
import { refusalOf } from "@/components/trpc/refusal";

type Reason = keyof Messages["subscribers"]["errors"]["reason"];

/** A failed call in words: what the verb refused for, else what kind of refusal it was, else that the line is down. */
export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations("subscribers.errors");
  const kinds = useTranslations("errors");
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return t("offline");
    const fields = Object.values(refusal.fields ?? {}).map(keyOf);
    const known = [keyOf(refusal.reason), ...fields].find((key) => t.has(`reason.${key as Reason}`));
    return known ? t(`reason.${known as Reason}`) : errorText(kinds, refusal.kind);
  };
}

const keyOf = (reason: string) => reason.replaceAll(".", "_");
