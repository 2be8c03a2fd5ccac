"use client";

import { useTranslations } from "next-intl";
import { errorText } from "@/components/i18n/error-text";
import { refusalOf } from "./refusal";

/** The words of a module: `{ offline, reason: { promo_over: … } }`. */
interface Words {
  (key: "offline"): string;
  has(key: string): boolean;
}

const keyOf = (reason: string) => `reason.${reason.replaceAll(".", "_")}`;

/**
 * A failed call in words: what the verb refused for, else what is wrong with a field, else what kind of refusal it was, else
 * that the line is down. `of` says the words of a reason that is there.
 */
export function useRefusalWords(t: Words, of: (key: string) => string): (error: unknown) => string {
  const kinds = useTranslations("errors");
  return (error) => {
    const refusal = refusalOf(error);
    if (!refusal) return t("offline");
    const known = [refusal.reason, ...Object.values(refusal.fields ?? {})].map(keyOf).find((key) => t.has(key));
    return known ? of(known) : errorText(kinds, refusal.kind);
  };
}
