import type { Minor } from "@/server/kernel/money";

export interface PromiseFacts {
  readonly amountMinor: Minor;
  /** Real payments since it began. */
  readonly paidMinor: Minor;
  /** Taken from the balance since it began. */
  readonly spentMinor: Minor;
  /** Balance and permanent limit, without any temporary one. */
  readonly ownMinor: Minor;
}

/**
 * Whether the promise is kept already: as much was paid as was promised, or something was and nothing is owed any more. A
 * payment before the promise was used at all does not end it.
 */
export function isKept({ amountMinor, paidMinor, spentMinor, ownMinor }: PromiseFacts): boolean {
  return paidMinor >= amountMinor || (paidMinor > 0n && spentMinor > 0n && ownMinor >= 0n);
}

/** At the end of its time: a debt left behind is a broken promise. */
export function outcomeAtEnd(ownMinor: Minor): "kept" | "broken" {
  return ownMinor >= 0n ? "kept" : "broken";
}
