import type { useTranslations } from "next-intl";
import { formatMoney, formatNumber } from "@/components/i18n/format";
import type { Locale } from "@/components/i18n/locale";
import { type Measure, UNIT_SIZES, type Unit } from "@/server/domain/catalog/constants";

type Words = ReturnType<typeof useTranslations<"usage">>;

const NBSP = "\u00A0";
const RUBLE = "\u20BD";

/** How much in the unit that its price counts: 450 seconds of minutes are «7,5 мин». */
export function unitWords(units: bigint | string, unit: Unit, t: Words, locale: Locale): string {
  const count = BigInt(units);
  if (unit === "ruble") return formatMoney(count, locale);
  return `${formatNumber(Number(count) / Number(UNIT_SIZES[unit].size), locale, 2)}${NBSP}${t(`unit.${unit}`)}`;
}

const PLAIN: Readonly<Record<Measure, Unit>> = {
  second: "second",
  octet: "octet",
  piece: "piece",
  kopeck: "ruble",
};

/** One record's own: a call lasts «4:40», everything else is said in its unit. */
export function recordWords(units: bigint, unit: Unit, t: Words, locale: Locale): string {
  if (UNIT_SIZES[unit].measure !== "second") return unitWords(units, unit, t, locale);
  const two = (part: bigint) => part.toString().padStart(2, "0");
  const [hours, minutes, seconds] = [units / 3600n, (units / 60n) % 60n, units % 60n];
  return hours > 0n ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** The same where no price says what it counts in. */
export function measureWords(units: bigint, measure: Measure, t: Words, locale: Locale): string {
  return recordWords(units, PLAIN[measure], t, locale);
}

/** What one unit is called where a price is said for it: «за мин», «за 100 МБ». */
export function perWords(per: string, unit: Unit, t: Words, locale: Locale): string {
  const size = UNIT_SIZES[unit].size * BigInt(per);
  if (unit === "ruble") return formatMoney(size, locale, { kopecks: "whole" });
  return per === "1" ? t(`unit.${unit}`) : unitWords(size, unit, t, locale);
}

/** Kopecks with their parts, "1234.5" → «12,345 ₽»; a whole sum of kopecks is said as money always is. */
export function exactWords(kopecks: string, locale: Locale): string {
  const [whole = "0", part] = kopecks.split(".");
  if (part === undefined) return formatMoney(BigInt(whole), locale);
  return `${formatNumber(Number(kopecks) / 100, locale, 6)}${NBSP}${RUBLE}`;
}
