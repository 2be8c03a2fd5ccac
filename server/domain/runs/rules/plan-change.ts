import type { Catalog } from "@/server/domain/catalog";
import {
  type AccountOutcome,
  type AccountSnapshot,
  changedTo,
  type Foreseen,
  foreseeCharges,
  missingMinor,
  periodOf,
  priceOf,
  proposeAccount,
  quotePeriod,
  sumOf,
} from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { TariffChangeTime } from "../constants";

export interface ChangeQuestion {
  readonly snapshot: AccountSnapshot;
  readonly catalog: Catalog;
  readonly today: Day;
  readonly zone: string;
  readonly subscriptionId: string;
  readonly toTariffId: string;
  readonly when: TariffChangeTime;
  /** Whether the asker may only have what is offered to everyone. */
  readonly publicOnly: boolean;
}

/** What a change of tariff will do: everything that is written, and everything that a person is shown before. */
export interface PlannedChange {
  readonly subscription: SubscriptionRow;
  readonly effectiveOn: Day;
  /** The account as it is once the change is made. */
  readonly changed: AccountSnapshot;
  /** Of an immediate change: what is charged and given back at once. Null for a later one. */
  readonly outcome: AccountOutcome | null;
  readonly chargedMinor: Minor;
  readonly returnedMinor: Minor;
  /** What is missing to be allowed an immediate change; zero when it is. */
  readonly missingMinor: Minor;
  /** Of one whole period, discounts taken off. */
  readonly feeBeforeMinor: Minor;
  readonly feeAfterMinor: Minor;
  readonly foreseen: Foreseen;
}

/**
 * Plans a change of tariff. By default it waits for the subscription's next period and costs nothing until then; at once, the
 * unused days of the old are given back and the rest of the period is charged at the new price, by the rules that charging
 * itself goes by. A second change on one day replaces the first: it is given back whole.
 *
 * Throws `not_found` (`subscription.not_found`, `tariff.not_found`) and `precondition` (`subscription.already_ended`,
 * `subscription.same_tariff`, `subscription.other_kind`, `subscription.blocked`, `tariff.no_price`).
 */
export function planChange(question: ChangeQuestion): PlannedChange {
  const { snapshot, catalog, today, zone, when } = question;
  const subscription = changeable(question);
  const others = snapshot.changes.filter((change) => change.subscriptionId !== subscription.id);
  const now = when === "now";
  const effectiveOn = now ? today : nextPeriodOf(subscription, snapshot, catalog, today);
  const changed: AccountSnapshot = now
    ? {
        ...snapshot,
        changes: others,
        subscriptions: snapshot.subscriptions.map((row) =>
          row.id === subscription.id ? changedTo(row, question.toTariffId, today) : row,
        ),
      }
    : {
        ...snapshot,
        changes: [
          ...others,
          { id: "planned", subscriptionId: subscription.id, toTariffId: question.toTariffId, effectiveOn },
        ],
      };
  const outcome = now ? proposeAccount(changed, catalog, today, zone) : null;
  const after = changedTo(subscription, question.toTariffId, effectiveOn);
  const refused = outcome?.refused.includes(subscription.id) ?? false;
  return {
    subscription,
    effectiveOn,
    changed,
    outcome,
    chargedMinor: outcome ? sumOf(outcome.charges) : 0n,
    returnedMinor: outcome ? sumOf(outcome.credits) : 0n,
    missingMinor: refused && outcome ? missingMinor(outcome.availableMinor, outcome.dueMinor) : 0n,
    feeBeforeMinor: wholeFee(subscription, snapshot, catalog, today),
    feeAfterMinor: wholeFee(after, changed, catalog, effectiveOn),
    foreseen: foreseeCharges(changed, catalog, today, zone),
  };
}

function changeable({
  snapshot,
  catalog,
  today,
  subscriptionId,
  toTariffId,
  publicOnly,
}: ChangeQuestion): SubscriptionRow {
  const subscription = snapshot.subscriptions.find((row) => row.id === subscriptionId);
  if (!subscription) throw new DomainError("not_found", "subscription.not_found");
  if (subscription.endedOn !== null && subscription.endedOn <= today) {
    throw new DomainError("precondition", "subscription.already_ended", { endedOn: subscription.endedOn });
  }
  const to = catalog.tariffs.get(toTariffId);
  if (to?.status !== "published" || (publicOnly && !to.isPublic)) {
    throw new DomainError("not_found", "tariff.not_found");
  }
  if (subscription.tariffId === toTariffId) throw new DomainError("precondition", "subscription.same_tariff");
  if (catalog.tariffs.get(subscription.tariffId)?.kind !== to.kind) {
    throw new DomainError("precondition", "subscription.other_kind");
  }
  const stopped = snapshot.blocks.some(
    (block) => block.reason !== "financial" && (!block.subscriptionId || block.subscriptionId === subscription.id),
  );
  if (stopped && publicOnly) throw new DomainError("precondition", "subscription.blocked");
  return subscription;
}

function nextPeriodOf(subscription: SubscriptionRow, snapshot: AccountSnapshot, catalog: Catalog, today: Day): Day {
  if (subscription.startedOn > today) return subscription.startedOn;
  const { price } = priceOf(subscription, catalog, today);
  return periodOf({ subscription, anchorDay: snapshot.anchorDay }, price, today).end;
}

function wholeFee(row: SubscriptionRow, around: AccountSnapshot, catalog: Catalog, on: Day): Minor {
  const quote = quotePeriod(row, catalog, on, around);
  return quote.feeMinor - quote.discountMinor;
}
