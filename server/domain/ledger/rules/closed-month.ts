import { type Day, monthStart } from "@/server/kernel/day";

interface Booking {
  readonly accountId: string;
  readonly bookedOn: Day;
}

/** First days of the months that a batch books in, each once, the earliest first. */
export function monthsOf(batch: readonly Pick<Booking, "bookedOn">[]): Day[] {
  return [...new Set([...new Set(batch.map((one) => one.bookedOn))].map(monthStart))].sort();
}

/**
 * The earliest month that a batch books in though the account's book is closed through it or a later one; null when there is
 * none. `closedThrough` holds the first day of the last closed month by account.
 */
export function closedMonth(batch: readonly Booking[], closedThrough: ReadonlyMap<string, Day>): Day | null {
  let earliest: Day | null = null;
  for (const { accountId, bookedOn } of batch) {
    const through = closedThrough.get(accountId);
    const month = monthStart(bookedOn);
    if (through !== undefined && month <= through && (earliest === null || month < earliest)) earliest = month;
  }
  return earliest;
}
