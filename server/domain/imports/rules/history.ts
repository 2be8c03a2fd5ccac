import type { Day } from "@/server/kernel/day";
import { allocate, type Minor } from "@/server/kernel/money";
import { type Period, periodNumber } from "@/server/kernel/period";

export interface HistoryMonth {
  readonly period: Period;
  /** Kopecks, more than zero. */
  readonly amountMinor: Minor;
}

/**
 * The calendar months of `count` months with the operator, oldest first. For one who is still here the last is the month
 * of `on`, today; for one who has left it is the month before that of `on`, the day they left.
 */
export function historyPeriods(on: Day, count: number, terminated: boolean): Period[] {
  const last = terminated ? -1 : 0;
  return Array.from({ length: count }, (_, index) => periodNumber(on, 1, last - count + 1 + index));
}

/**
 * One sum over its months, equal to the kopeck, the earliest months taking what does not divide (largest remainder), so
 * that the months always add up to the sum. Months that would get nothing are left out.
 */
export function splitHistory(totalMinor: Minor, periods: readonly Period[]): HistoryMonth[] {
  if (periods.length === 0) return [];
  const parts = allocate(
    totalMinor,
    periods.map(() => 1n),
  );
  return periods.flatMap((period, index) => {
    const amountMinor = parts[index] ?? 0n;
    return amountMinor > 0n ? [{ period, amountMinor }] : [];
  });
}
