import type { Locale } from "./locale";

const NBSP = "\u00A0";
const MINUS = "\u2212";
const RUBLE = "\u20BD";
const TAGS: Record<Locale, string> = { ru: "ru-RU", en: "en-GB" };
const DECIMAL_MARK: Record<Locale, string> = { ru: ",", en: "." };

/** One kind of space inside figures, whatever the ICU data of the runtime prefers, so server and browser agree. */
const oneSpace = (text: string): string => text.replaceAll(/[\u202F\u2009 ]/g, NBSP);

const cache = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: Locale, digits: number): Intl.NumberFormat {
  const key = `${locale}${digits}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(TAGS[locale], {
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
    useGrouping: true,
  });
  cache.set(key, made);
  return made;
}

function groups(whole: bigint, locale: Locale): string {
  return oneSpace(numberFormat(locale, 0).format(whole));
}

/** `always` writes the plus of an income too; `never` drops the sign where a word already says it. */
export type SignStyle = "auto" | "always" | "never";
/** `whole` hides ",00" and only that: a sum with kopecks always shows them. */
export type KopeckStyle = "always" | "whole";
export type MoneyStyle = { sign?: SignStyle; kopecks?: KopeckStyle; currency?: boolean };

export type MoneyParts = { sign: string; whole: string; fraction: string; currency: string };

/** The parts of a big figure: «−», «1 250», «,50», « ₽». `minor` is in kopecks. */
export function moneyParts(minor: bigint, locale: Locale, style: MoneyStyle = {}): MoneyParts {
  const { sign = "auto", kopecks = "always", currency = true } = style;
  const size = minor < 0n ? -minor : minor;
  const rest = size % 100n;
  return {
    sign: sign === "never" ? "" : minor < 0n ? MINUS : sign === "always" && minor > 0n ? "+" : "",
    whole: groups(size / 100n, locale),
    fraction: kopecks === "whole" && rest === 0n ? "" : `${DECIMAL_MARK[locale]}${rest.toString().padStart(2, "0")}`,
    currency: currency ? `${NBSP}${RUBLE}` : "",
  };
}

/** 125050n → «1 250,50 ₽» (en «1,250.50 ₽»), with no-break spaces and a real minus. `minor` is in kopecks. */
export function formatMoney(minor: bigint, locale: Locale, style: MoneyStyle = {}): string {
  const { sign, whole, fraction, currency } = moneyParts(minor, locale, style);
  return `${sign}${whole}${fraction}${currency}`;
}

/** A money movement: «+500,00 ₽», «−368,33 ₽». */
export function formatSignedMoney(minor: bigint, locale: Locale, style: MoneyStyle = {}): string {
  return formatMoney(minor, locale, { ...style, sign: "always" });
}

/** Counts and measures, never money. */
export function formatNumber(value: number | bigint, locale: Locale, digits = 0): string {
  return oneSpace(numberFormat(locale, digits).format(value)).replace("-", MINUS);
}

/** 1.96 → «1,96 %» (en «1.96%»). The value is already in percent. */
export function formatPercent(percent: number, locale: Locale, digits = 2): string {
  return `${formatNumber(percent, locale, digits)}${locale === "ru" ? NBSP : ""}%`;
}

const BYTE_UNITS: Record<Locale, readonly string[]> = {
  ru: ["Б", "КБ", "МБ", "ГБ", "ТБ", "ПБ"],
  en: ["B", "kB", "MB", "GB", "TB", "PB"],
};

/** Traffic in decimal units, as operators count it: 1 500 000 000 → «1,5 ГБ». */
export function formatBytes(bytes: number | bigint, locale: Locale): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1000 && unit < 5) {
    value /= 1000;
    unit += 1;
  }
  return `${formatNumber(value, locale, value < 10 ? 1 : 0)}${NBSP}${BYTE_UNITS[locale][unit] ?? ""}`;
}

/** Minutes and hours of a wait: «20 с», «4 мин», «2 ч 04 мин», «3 дн. 4 ч». Negative waits read as zero. */
export function formatAge(ms: number, locale: Locale): string {
  const unit = locale === "ru" ? { s: "с", m: "мин", h: "ч", d: "дн." } : { s: "s", m: "min", h: "h", d: "d" };
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const text = (value: number | string, name: string) => `${value}${NBSP}${name}`;
  if (seconds < 60) return text(seconds, unit.s);
  if (minutes < 60) return text(minutes, unit.m);
  if (hours < 24) return `${text(hours, unit.h)} ${text(String(minutes % 60).padStart(2, "0"), unit.m)}`;
  return hours % 24 === 0 ? text(days, unit.d) : `${text(days, unit.d)} ${text(hours % 24, unit.h)}`;
}

const PHONE = /^\+?([1-9]\d{0,2})(\d{3})(\d{3})(\d{2})(\d{2})$/;

/** «+7 912 345-67-41»; a number of another shape is shown as it is. */
export function formatPhone(phone: string): string {
  const [, country, area, a, b, c] = PHONE.exec(phone) ?? [];
  return country ? `+${country}${NBSP}${area}${NBSP}${a}-${b}-${c}` : phone;
}

/** «+7 912 ··· ·· 41»: enough to recognise, not enough to call. */
export function maskPhone(phone: string): string {
  const [, country, area, , , c] = PHONE.exec(phone) ?? [];
  return country ? `+${country}${NBSP}${area}${NBSP}···${NBSP}··${NBSP}${c}` : `···${NBSP}${phone.slice(-2)}`;
}
