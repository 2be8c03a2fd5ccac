import type { Day } from "@/server/kernel/day";

/**
 * When charging looks. The daily charge looks at its own day, and nothing bounds what it books. A run of a month looks as of
 * the month's last day, knows how the month ended, and books nothing outside of it.
 */
export interface Moment {
  /** What is charged ahead is charged as of this day: prices, changes, blocks in force. */
  readonly today: Day;
  /** Days before this one are over: what is charged afterwards is due for periods that ended by it. */
  readonly arrearsUntil: Day;
  /** Nothing is booked before it; null = no such bound. */
  readonly bookedSince: Day | null;
}

/** A day as a moment: nothing of it is over, and whatever is due is booked where it belongs. */
export function momentOf(at: Day | Moment): Moment {
  return typeof at === "string" ? { today: at, arrearsUntil: at, bookedSince: null } : at;
}
