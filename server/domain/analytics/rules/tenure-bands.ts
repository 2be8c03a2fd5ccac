import { addDays, addMonths, type Day } from "@/server/kernel/day";

/** Whole months with the operator on the first day of the month looked at. `to` null = and longer. */
export const TENURE_BANDS = [
  { from: 0, to: 2 },
  { from: 3, to: 5 },
  { from: 6, to: 11 },
  { from: 12, to: 23 },
  { from: 24, to: 47 },
  { from: 48, to: null },
] as const;
export type TenureBand = (typeof TENURE_BANDS)[number];

/** The first days on which somebody of the band can have started, both ends included: what the list is filtered by. */
export function startedWithin(band: TenureBand, monthStart: Day): { from: Day | null; to: Day } {
  return {
    from: band.to === null ? null : addDays(addMonths(monthStart, -(band.to + 1)), 1),
    to: addMonths(monthStart, -band.from),
  };
}
