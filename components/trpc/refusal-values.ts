import { formatMoney } from "@/components/i18n/format";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import type { Locale } from "@/components/i18n/locale";

export type RefusalValues = Record<string, string | number>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/**
 * A refusal's details as the reader writes them: "2026-12-01" as a day, "2026-10" as a month in the middle of a sentence, kopecks
 * of a name that ends in `Minor` as money. What is null is "none", for a message to choose by.
 */
export function refusalValues(details: Readonly<Record<string, unknown>>, locale: Locale): RefusalValues {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, worded(name, value, locale)]));
}

function worded(name: string, value: unknown, locale: Locale): string | number {
  if (typeof value === "number") return value;
  const text = String(value ?? "none");
  if (name.endsWith("Minor") && /^-?\d+$/.test(text)) return formatMoney(BigInt(text), locale);
  if (DAY.test(text)) return formatDay(text, locale);
  if (MONTH.test(text)) return locale === "ru" ? formatMonth(text, locale).toLowerCase() : formatMonth(text, locale);
  return text;
}
