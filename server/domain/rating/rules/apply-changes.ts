import type { ScheduledChangeRow, SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { termStart } from "./term-of";

/** The subscriptions as they are on `today`: what was to change by then has changed, and begins a new term. */
export function applyChanges(
  subscriptions: readonly SubscriptionRow[],
  changes: readonly ScheduledChangeRow[],
  today: Day,
): readonly SubscriptionRow[] {
  const due = changes.filter((change) => change.effectiveOn <= today);
  if (due.length === 0) return subscriptions;
  return subscriptions.map((row) => {
    const change = due.find((one) => one.subscriptionId === row.id);
    if (!change || (row.endedOn !== null && row.endedOn <= change.effectiveOn)) return row;
    return changedTo(row, change.toTariffId, change.effectiveOn);
  });
}

/**
 * A new term: another tariff from `from` on. Personal prices were agreed for the old one and stay behind with it; a tariff that
 * is changed on the day it began has had no days.
 */
export function changedTo(row: SubscriptionRow, tariffId: string, from: Day): SubscriptionRow {
  const begun = termStart(row);
  const left = { term: row.term, tariffId: row.tariffId, from: begun, to: from, personalPrices: row.personalPrices };
  return {
    ...row,
    tariffId,
    term: row.term + 1,
    termFrom: from,
    personalPrices: [],
    earlier: begun < from ? [...(row.earlier ?? []), left] : (row.earlier ?? []),
  };
}
