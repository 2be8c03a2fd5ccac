import type { Day } from "@/server/kernel/day";

/**
 * What a line of charging is: the fee of a period, a day's share of it, a single sum, a period's usage; `usage:2` and on, what
 * later records of the same period added.
 */
export type LineKind = "recurring" | "daily" | "one_off" | UsageKind;
export type UsageKind = "usage" | `usage:${number}`;

export const isUsage = (kind: LineKind): kind is UsageKind => kind.startsWith("usage");

/** The natural key of a charge within its account: what the database's primary key says, as one text. */
export function chargeKey(subscriptionId: string, term: number, periodStart: Day, kind: LineKind): string {
  return `${subscriptionId}|${term}|${periodStart}|${kind}`;
}

/** A term of a subscription, as one text. */
export const termKey = (subscriptionId: string, term: number): string => `${subscriptionId}|${term}`;
