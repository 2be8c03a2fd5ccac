import { Temporal } from "temporal-polyfill";
import { DomainError } from "./errors";

/** A calendar day in the operator's zone, "2026-11-22". Days order and compare as text. */
export type Day = string & { readonly __day: unique symbol };

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export function isDay(text: string): text is Day {
  if (!DAY.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return day <= daysInMonth(year, month);
}

/** Throws `invalid` (`day.malformed`) on a day that is not in the calendar, 2026-02-30 too. */
export function toDay(text: string): Day {
  if (!isDay(text)) throw new DomainError("invalid", "day.malformed");
  return text;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The day that `instant` falls on in `zone` (IANA name). */
export function dayIn(instant: Date, zone: string): Day {
  // Swedish writes days as ISO does; a format is far dearer to make than to use.
  const format = dayFormats.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone });
  dayFormats.set(zone, format);
  return format.format(instant) as Day;
}

/** The first instant of `day` in `zone`; correct where a zone skips midnight. */
export function startOfDay(day: Day, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}

/** The wall clock of `zone` at an instant, "21:05". Times of day order and compare as text. */
export function timeIn(instant: Date, zone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainTime();
  return time.toString({ smallestUnit: "minute" });
}

/** The instant when the wall clock of `zone` shows `time` on `day`; a time that the clocks skip is the next there is. */
export function timeOn(day: Day, time: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const DAY_MS = 86_400_000;

/** Plain arithmetic, without a calendar object: rating calls it for every account. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10) as Day;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

function dayNumber(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))) / DAY_MS;
}

/** Same day of the month `count` months on, clamped to the month's end. Count from an anchor, never from a result. */
export function addMonths(day: Day, count: number): Day {
  return Temporal.PlainDate.from(day).add({ months: count }).toString() as Day;
}

export function monthStart(day: Day): Day {
  return `${day.slice(0, 7)}-01` as Day;
}

export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b;
}
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b;
}
