import type { Moment } from "@/server/domain/rating";
import { addDays, addMonths, type Day, earlierDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { PERIOD } from "../constants";

/** "2026-10" as the month's first day. Throws `invalid` (`run.period_malformed`) on anything else. */
export function monthOf(period: string): Day {
  if (!PERIOD.test(period)) throw new DomainError("invalid", "run.period_malformed", { period });
  return `${period}-01` as Day;
}

/** "2026-10". */
export const periodText = (periodStart: Day): string => periodStart.slice(0, 7);

/**
 * What a run of the month looks at. One that is over: ahead as of its last day, afterwards as of its end. One that lasts: as of
 * today in both. Throws `precondition` (`run.month_not_begun`) for one that is still to come.
 */
export function runMoment(periodStart: Day, today: Day): Moment {
  if (periodStart > today)
    throw new DomainError("precondition", "run.month_not_begun", { period: periodText(periodStart) });
  const end = addMonths(periodStart, 1);
  return { today: earlierDay(addDays(end, -1), today), arrearsUntil: earlierDay(end, today), bookedSince: periodStart };
}
