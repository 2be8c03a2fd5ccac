import { type Day, dayIn, daysInMonth } from "./day";
import { assertInvariant } from "./errors";

/** Half-open: `start` is in, `end` is out. Periods of one anchor tile the calendar without gap or overlap. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

function onAnchor(year: number, month: number, anchorDay: number): Day {
  const day = Math.min(anchorDay, daysInMonth(year, month));
  return `${year.toString().padStart(4, "0")}-${month.toString().padStart(2, "0")}-${day.toString().padStart(2, "0")}` as Day;
}

/**
 * The monthly period that holds `day`, for an anchor day 1–31 (1 = calendar month). Every boundary is computed from
 * the anchor, so an anchor of 31 that is clamped in February is back on the 31st in March.
 */
export function periodHolding(day: Day, anchorDay: number): Period {
  assertInvariant(Number.isInteger(anchorDay) && anchorDay >= 1 && anchorDay <= 31, "period.anchor_out_of_range");
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const here = onAnchor(year, month, anchorDay);
  const first = day >= here ? { year, month } : before(year, month);
  const next = after(first.year, first.month);
  return { start: onAnchor(first.year, first.month, anchorDay), end: onAnchor(next.year, next.month, anchorDay) };
}

function before(year: number, month: number) {
  return month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 };
}
function after(year: number, month: number) {
  return month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
}

/** Period number `n` (0 = the one that holds `from`, negative = before it): anchor + n, never "the previous end + 1". */
export function periodNumber(from: Day, anchorDay: number, n: number): Period {
  const { start } = periodHolding(from, anchorDay);
  const index = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + n;
  const boundary = (month: number) => onAnchor(Math.floor(month / 12), (month % 12) + 1, anchorDay);
  return { start: boundary(index), end: boundary(index + 1) };
}

function monthIndex(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** Whole months between two boundaries of one anchor. */
export function monthsBetween(from: Day, to: Day): number {
  return monthIndex(to) - monthIndex(from);
}

/**
 * The period of `months` months that holds `day`, counted from the one-month period that holds `from`: a quarter or a year
 * of somebody's own. For one month it is `periodHolding`.
 */
export function longPeriodHolding(day: Day, anchorDay: number, months: number, from: Day): Period {
  const short = periodHolding(day, anchorDay);
  if (months === 1) return short;
  const first = monthIndex(periodHolding(from, anchorDay).start);
  const index = first + Math.floor((monthIndex(short.start) - first) / months) * months;
  const boundary = (month: number) => onAnchor(Math.floor(month / 12), (month % 12) + 1, anchorDay);
  return { start: boundary(index), end: boundary(index + months) };
}

export function nextPeriod(period: Period, anchorDay: number): Period {
  return periodHolding(period.end, anchorDay);
}

/** "Now" as a billing day. */
export function billingDay(now: Date, zone: string): Day {
  return dayIn(now, zone);
}
