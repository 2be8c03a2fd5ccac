import type { Day } from "@/server/kernel/day";
import { formatAmount, type Minor } from "@/server/kernel/money";
import type { MessageLocale } from "../constants";

const TAGS: Record<MessageLocale, string> = { ru: "ru-RU", en: "en-GB" };
const NBSP = "\u00A0";

/** 125050n → «1 250,50 ₽», en «1,250.50 ₽»; kopecks that are not there are not shown. */
export function moneyWords(minor: Minor, locale: MessageLocale): string {
  const [whole = "0", kopecks = "00"] = formatAmount(minor < 0n ? -minor : minor).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, locale === "ru" ? NBSP : ",");
  const fraction = kopecks === "00" ? "" : `${locale === "ru" ? "," : "."}${kopecks}`;
  return `${minor < 0n ? "−" : ""}${grouped}${fraction}${NBSP}₽`;
}

export interface MovedSums {
  /** For the change of tariff itself. */
  readonly feeMinor: Minor;
  /** At the price of the new tariff. */
  readonly chargeMinor: Minor;
  readonly returnedMinor: Minor;
}

/** «за смену тарифа списано 100 ₽, возвращено 400 ₽»: what a change has done to the balance, or that it has done nothing. */
export function sumsWords({ feeMinor, chargeMinor, returnedMinor }: MovedSums, locale: MessageLocale): string {
  const isRu = locale === "ru";
  const parts = [
    [feeMinor, isRu ? "за смену тарифа списано" : "charged for the change:"],
    [chargeMinor, isRu ? "по новому тарифу списано" : "charged at the new price:"],
    [returnedMinor, isRu ? "возвращено" : "returned:"],
  ] as const;
  const moved = parts.filter(([minor]) => minor > 0n).map(([minor, words]) => `${words} ${moneyWords(minor, locale)}`);
  if (moved.length > 0) return moved.join(", ");
  return isRu ? "ничего не списано" : "nothing was charged";
}

/** «1 декабря», en «1 December»: what is told is near. */
export function dayWords(day: Day, locale: MessageLocale): string {
  const noon = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(TAGS[locale], { day: "numeric", month: "long", timeZone: "UTC" })
    .format(noon)
    .replace(" ", NBSP);
}
