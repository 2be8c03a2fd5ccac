import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { type Period, periodHolding } from "@/server/kernel/period";
import { passesPrepaidGate } from "./money-gate";
import { monthlyCharge, type ProposedCharge } from "./monthly-charge";

export interface AccountSnapshot {
  readonly accountId: string;
  readonly anchorDay: number;
  /** Balance + credit limit. */
  readonly availableMinor: Minor;
  readonly subscriptions: readonly SubscriptionRow[];
  readonly blocks: readonly BlockRow[];
  /** `subscription|period start` of charges that exist. */
  readonly charged: ReadonlySet<string>;
}

export type AccountOutcome =
  | {
      readonly kind: "charge";
      readonly charges: readonly ProposedCharge[];
      readonly lift: readonly string[];
      readonly dueMinor: Minor;
    }
  | { readonly kind: "refuse"; readonly block: readonly string[]; readonly dueMinor: Minor }
  | { readonly kind: "nothing"; readonly lift: readonly string[]; readonly dueMinor: 0n };

export const chargeKey = (subscriptionId: string, periodStart: Day) => `${subscriptionId}|${periodStart}`;

/**
 * What charging does to one account on `today`: proposed − existing = new, then the gate. A second look after the first
 * was written proposes nothing.
 *
 * A subscription under an administrative or voluntary block is not charged while the block is open. An open financial
 * block ends today if the gate is passed, so its days up to today are not paid for.
 */
export function proposeAccount(snapshot: AccountSnapshot, catalog: Catalog, today: Day, zone: string): AccountOutcome {
  const period = periodHolding(today, snapshot.anchorDay);
  const charges: ProposedCharge[] = [];
  const settled: string[] = [];
  for (const subscription of snapshot.subscriptions) {
    const blocks = snapshot.blocks.filter((block) => !block.subscriptionId || block.subscriptionId === subscription.id);
    if (blocks.some((block) => block.reason !== "financial" && !block.untilAt)) continue;
    if (subscription.startedOn > today) continue;
    if (!snapshot.charged.has(chargeKey(subscription.id, period.start))) {
      const charge = monthlyCharge(subscription, catalog, period, blockedDays(blocks, period, today, zone));
      if (charge) {
        charges.push(charge);
        continue;
      }
    }
    settled.push(subscription.id);
  }
  const dueMinor = charges.reduce((sum, charge) => sum + charge.amountMinor, 0n);
  if (dueMinor === 0n) return { kind: "nothing", lift: liftable(snapshot, settled), dueMinor };
  if (!passesPrepaidGate(snapshot.availableMinor, dueMinor)) {
    return { kind: "refuse", block: charges.map((charge) => charge.subscriptionId), dueMinor };
  }
  return {
    kind: "charge",
    charges,
    dueMinor,
    lift: liftable(snapshot, [...settled, ...charges.map((charge) => charge.subscriptionId)]),
  };
}

/** An open block counts up to yesterday: today is the day it ends, if the gate is passed. */
function blockedDays(blocks: readonly BlockRow[], period: Period, today: Day, zone: string): Period[] {
  return blocks
    .map((block) => ({ start: dayIn(block.fromAt, zone), end: block.untilAt ? dayIn(block.untilAt, zone) : today }))
    .filter(
      (blocked) => blocked.start < blocked.end && blocked.end > period.start && blocked.start < addDays(period.end, 1),
    );
}

function liftable(snapshot: AccountSnapshot, paidFor: readonly string[]): string[] {
  const paid = new Set(paidFor);
  return snapshot.blocks.flatMap((block) =>
    block.reason === "financial" && !block.untilAt && block.subscriptionId && paid.has(block.subscriptionId)
      ? [block.subscriptionId]
      : [],
  );
}
