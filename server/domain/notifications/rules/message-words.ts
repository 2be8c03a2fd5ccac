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

/** «1 декабря», en «1 December»: what is told is near. */
export function dayWords(day: Day, locale: MessageLocale): string {
  const noon = new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(TAGS[locale], { day: "numeric", month: "long", timeZone: "UTC" })
    .format(noon)
    .replace(" ", NBSP);
}
