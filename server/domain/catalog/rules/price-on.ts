import type { Day } from "@/server/kernel/day";

export interface PriceVersion {
  readonly version: number;
  readonly newFrom: Day;
  readonly existingFrom: Day | null;
}

/**
 * The version a subscriber who started on `startedOn` pays for a period that starts on `periodStart`.
 *
 * A version in force for new subscribers when this one started is theirs from the start. A later one reaches them on its
 * `existingFrom` and counts from their own next period start, never inside a period; without that date it never does.
 * Of several, the one that reached them last wins, and of two on one day the higher number.
 */
export function priceOn<P extends PriceVersion>(prices: readonly P[], startedOn: Day, periodStart: Day): P | null {
  let chosen: { price: P; since: Day } | null = null;
  for (const price of prices) {
    const since = price.newFrom <= startedOn ? price.newFrom : price.existingFrom;
    if (since === null || since > (periodStart > startedOn ? periodStart : startedOn)) continue;
    if (!chosen || since > chosen.since || (since === chosen.since && price.version > chosen.price.version)) {
      chosen = { price, since };
    }
  }
  return chosen?.price ?? null;
}
