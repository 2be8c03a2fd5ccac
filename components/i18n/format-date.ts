import type { Locale } from "./locale";

const NBSP = "\u00A0";
const TAGS: Record<Locale, string> = { ru: "ru-RU", en: "en-GB" };
const DAY_MS = 86_400_000;

const cache = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}${zone}${Object.entries(options).join()}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone: zone });
  cache.set(key, made);
  return made;
}

/** Noon UTC of a calendar day, formatted in UTC, names the same day everywhere. */
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

const glue = (text: string): string => text.replace(/^(\d{1,2}) /, `$1${NBSP}`);

/** «1 декабря», with the year when it is not the year of `today`. Both are calendar days, "2026-12-01". */
export function formatDay(day: string, locale: Locale, today?: string): string {
  const year = today === undefined || today.slice(0, 4) !== day.slice(0, 4);
  const text = dateFormat(locale, "UTC", {
    day: "numeric",
    month: "long",
    ...(year && { year: "numeric" }),
  }).format(noon(day));
  return glue(text.replace(/\s*г\.$/, ""));
}

/** «01.12.2026»: for columns, where days stack. */
export function formatDayShort(day: string, locale: Locale): string {
  return dateFormat(locale, "UTC", { day: "2-digit", month: "2-digit", year: "numeric" }).format(noon(day));
}

/** «Ноябрь 2026» of any day in it, or of "2026-11". */
export function formatMonth(month: string, locale: Locale): string {
  const text = dateFormat(locale, "UTC", { month: "long", year: "numeric" }).format(noon(`${month.slice(0, 7)}-15`));
  const words = text.replace(/\s*г\.$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** «нояб.», and January with its year, «янв. 26»: the marks of a chart's axis. */
export function formatMonthTick(month: string, locale: Locale): string {
  const date = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  const name = new Intl.DateTimeFormat(locale, { month: "short", timeZone: "UTC" }).format(date);
  return month.slice(5, 7) === "01" ? `${name} ${month.slice(2, 4)}` : name;
}

const isoDays = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in the operator's zone. */
export function dayOf(instant: Date, zone: string): string {
  const format = isoDays.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
  isoDays.set(zone, format);
  return format.format(instant);
}

/** «10:42» in `zone`. */
export function formatTime(instant: Date, locale: Locale, zone: string): string {
  return dateFormat(locale, zone, { hour: "2-digit", minute: "2-digit" }).format(instant);
}

const NEAR: Record<Locale, Record<string, string>> = {
  ru: { "-1": "вчера", "0": "сегодня", "1": "завтра" },
  en: { "-1": "yesterday", "0": "today", "1": "tomorrow" },
};

/** «сегодня, 10:42», «вчера, 23:10», «14 ноября, 09:00», «14 ноября 2025, 09:00». Days are those of `zone`. */
export function formatInstant(instant: Date, now: Date, locale: Locale, zone: string): string {
  const [day, today] = [dayOf(instant, zone), dayOf(now, zone)];
  const apart = Math.round((noon(day).getTime() - noon(today).getTime()) / DAY_MS);
  const words = NEAR[locale][String(apart)] ?? formatDay(day, locale, today);
  return `${words}, ${formatTime(instant, locale, zone)}`;
}

/** «22.11.2026, 10:55:07»: for logs and audit, where seconds matter. */
export function formatInstantExact(instant: Date, locale: Locale, zone: string): string {
  return dateFormat(locale, zone, {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(instant);
}
