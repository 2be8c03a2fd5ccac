import { formatDay, formatMonth } from "@/components/i18n/format-date";
import type { Locale } from "@/components/i18n/locale";

const DAY_MS = 86_400_000;

/** The last day that a half-open range `[from, to)` holds. */
function lastDay(to: string): string {
  return new Date(Date.parse(`${to}T12:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** «14 – 30 ноября 2026» of `[2026-11-14, 2026-12-01)`; both ends in words where the months differ. */
export function rangeWords(from: string, to: string, locale: Locale): string {
  const last = lastDay(to);
  if (from === last) return formatDay(from, locale);
  const first = from.slice(0, 7) === last.slice(0, 7) ? String(Number(from.slice(8))) : formatDay(from, locale, last);
  return `${first}\u00a0– ${formatDay(last, locale)}`;
}

/** «Ноябрь 2026» for a calendar month, else the range. */
export function periodWords(from: string, to: string, locale: Locale): string {
  const wholeMonth = from.endsWith("-01") && to.endsWith("-01") && lastDay(to).slice(0, 7) === from.slice(0, 7);
  return wholeMonth ? formatMonth(from, locale) : rangeWords(from, to, locale);
}
