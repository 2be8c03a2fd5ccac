"use client";

import { useLocale, useTranslations } from "next-intl";
import { errorText } from "@/components/i18n/error-text";
import { refusalOf } from "./refusal";
import { type RefusalValues, refusalValues } from "./refusal-values";

/** The words of a module: `{ offline, reason: { promo_over: … } }`. */
interface Words {
  (key: "offline"): string;
  has(key: string): boolean;
}

/** A failed call in words; with `field`, what is wrong with that field of it. */
export type RefusalWords = (error: unknown, field?: string) => string;

const keyOf = (reason: string) => `reason.${reason.replaceAll(".", "_")}`;

/**
 * A failed call in words: what the verb refused for, else what is wrong with a field, else what kind of refusal it was, else
 * that the line is down. `of` says the words of a reason that is there, with the refusal's details as the reader writes them.
 */
export function useRefusalWords(t: Words, of: (key: string, values: RefusalValues) => string): RefusalWords {
  const kinds = useTranslations("errors");
  const locale = useLocale();
  return (error, field) => {
    const refusal = refusalOf(error);
    if (!refusal) return t("offline");
    const { reason, fields = {}, details, kind } = refusal;
    const names = field === undefined ? [reason, ...Object.values(fields)] : [fields[field] ?? reason];
    const known = names.map(keyOf).find((key) => t.has(key));
    return known ? of(known, refusalValues(details, locale)) : errorText(kinds, kind);
  };
}
