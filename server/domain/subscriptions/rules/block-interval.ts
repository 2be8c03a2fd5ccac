import { type Day, dayIn, startOfDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";

export interface Interval {
  readonly fromAt: Date;
  readonly untilAt: Date | null;
}

/** Whether an interval holds `at`: it has begun and has not ended. A planned one does not yet, a cancelled one never does. */
export function isInForce({ fromAt, untilAt }: Interval, at: Date): boolean {
  return fromAt <= at && (untilAt === null || untilAt > at);
}

/**
 * From days to instants: a block of today begins now, one of a later day at its midnight, and it ends at the midnight that
 * begins `untilOn`. Throws `invalid` for a day that is past (`block.starts_in_the_past`) or an end that is not after the
 * beginning (`block.ends_before_it_starts`).
 */
export function intervalOf(
  { fromOn, untilOn }: { readonly fromOn: Day | null; readonly untilOn: Day | null },
  now: Date,
  zone: string,
): Interval {
  const today = dayIn(now, zone);
  const from = fromOn ?? today;
  if (from < today) throw new DomainError("invalid", "block.starts_in_the_past");
  if (untilOn !== null && untilOn <= from) throw new DomainError("invalid", "block.ends_before_it_starts");
  return {
    fromAt: from === today ? now : startOfDay(from, zone),
    untilAt: untilOn === null ? null : startOfDay(untilOn, zone),
  };
}
