import { type Catalog, type ChangeMatrix, changeTerms, comparedOn } from "@/server/domain/catalog";
import {
  type AccountOutcome,
  type AccountSnapshot,
  availableOn,
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
import { type BlockRow, type ChangeFee, isInForce, type SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, laterDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { TariffChangeTime } from "../constants";

export interface ChangeQuestion {
  readonly snapshot: AccountSnapshot;
  readonly catalog: Catalog;
  /** What may be changed for what, for how much and when. */
  readonly matrix: ChangeMatrix;
  readonly today: Day;
  readonly now: Date;
  readonly zone: string;
  readonly subscriptionId: string;
  readonly toTariffId: string;
  readonly when: TariffChangeTime;
  /** Whether the asker may only have what is offered to everyone. */
  readonly publicOnly: boolean;
  /** What was charged for changes that may be replaced: those that wait, and those of today. */
  readonly fees: readonly ChangeFee[];
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
  /** For the change itself, charged when it is asked for; VAT inside. */
  readonly changeFeeMinor: Minor;
  /** Fees of the changes that this one takes the place of: they come back. */
  readonly replacedFees: readonly ChangeFee[];
  /** What is missing for what is charged at once; zero when there is enough. */
  readonly missingMinor: Minor;
  /** Of one whole period, discounts taken off. */
  readonly feeBeforeMinor: Minor;
  readonly feeAfterMinor: Minor;
  /** Whether a personal price is lost: it was agreed for the old tariff. */
  readonly endsPersonalPrice: boolean;
  readonly foreseen: Foreseen;
}

/**
 * Plans a change of tariff, as the change matrix has it. By default it waits for the subscription's next period and nothing but
 * the matrix's fee is charged until then; at once, the unused days of the old are given back and the rest of the period is
 * charged at the new price, by the rules that charging itself goes by. A change takes the place of the one that waits, and at
 * once also of those made the same day: they are given back whole, their fees too.
 *
 * Throws `not_found` (`subscription.not_found`, `tariff.not_found`) and `precondition` (`subscription.already_ended`,
 * `subscription.same_tariff`, `subscription.other_kind`, `subscription.blocked`, `change.of_an_addition`, `change.not_allowed`,
 * `change.only_next_period`, `change.only_at_once`, `tariff.no_price`).
 */
export function planChange(question: ChangeQuestion): PlannedChange {
  const { catalog, today, zone, when } = question;
  const subscription = changeable(question);
  const changeFeeMinor = changeFee(question, subscription);
  const now = when === "now";
  const replacedFees = question.fees.filter(
    (fee) => fee.subscriptionId === subscription.id && (now || fee.isScheduled),
  );
  const snapshot = {
    ...question.snapshot,
    availableMinor: question.snapshot.availableMinor - changeFeeMinor + feesOf(replacedFees),
  };
  const others = snapshot.changes.filter((change) => change.subscriptionId !== subscription.id);
  const effectiveOn = now
    ? laterDay(today, subscription.startedOn)
    : nextPeriodOf(subscription, snapshot, catalog, today);
  const changed: AccountSnapshot = now
    ? {
        ...snapshot,
        changes: others,
        subscriptions: snapshot.subscriptions.map((row) =>
          row.id === subscription.id ? changedTo(row, question.toTariffId, effectiveOn) : row,
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
  return {
    subscription,
    effectiveOn,
    changed,
    outcome,
    chargedMinor: outcome ? chargedBy(outcome, subscription) : 0n,
    returnedMinor: outcome ? sumOf(outcome.credits) : 0n,
    changeFeeMinor,
    replacedFees,
    missingMinor: lacking(question, changed, outcome, subscription, changeFeeMinor),
    feeBeforeMinor: wholeFee(subscription, snapshot, catalog, today),
    feeAfterMinor: wholeFee(after, changed, catalog, effectiveOn),
    endsPersonalPrice: subscription.personalPrices.some((one) => one.validTo === null || one.validTo > effectiveOn),
    foreseen: foreseeCharges(changed, catalog, today, zone),
  };
}

export const feesOf = (fees: readonly ChangeFee[]): Minor => fees.reduce((sum, fee) => sum + fee.feeMinor, 0n);

/** What is charged; of a change that money does not suffice for, what would have to be. */
function chargedBy({ charges, refused, dueMinor }: AccountOutcome, { id }: SubscriptionRow): Minor {
  return refused.includes(id) ? dueMinor : sumOf(charges);
}

function changeable(question: ChangeQuestion): SubscriptionRow {
  const { snapshot, catalog, today, now, subscriptionId, toTariffId, publicOnly } = question;
  const subscription = snapshot.subscriptions.find((row) => row.id === subscriptionId);
  if (!subscription) throw new DomainError("not_found", "subscription.not_found");
  if (subscription.endedOn !== null && subscription.endedOn <= today) {
    throw new DomainError("precondition", "subscription.already_ended", { endedOn: subscription.endedOn });
  }
  const to = catalog.tariffs.get(toTariffId);
  if (!to || !isOpenTo(to, publicOnly)) throw new DomainError("not_found", "tariff.not_found");
  if (subscription.tariffId === toTariffId) throw new DomainError("precondition", "subscription.same_tariff");
  if (catalog.tariffs.get(subscription.tariffId)?.kind !== to.kind) {
    throw new DomainError("precondition", "subscription.other_kind");
  }
  // Switched on and off, each on its own terms: an instalment must not end by becoming something else.
  if (to.kind === "option") throw new DomainError("precondition", "change.of_an_addition");
  if (publicOnly && isStopped(subscription, snapshot.blocks, now))
    throw new DomainError("precondition", "subscription.blocked");
  return subscription;
}

/** Whether a block that is not about money holds a subscription: then its subscriber changes nothing. */
export function isStopped({ id }: Pick<SubscriptionRow, "id">, blocks: readonly BlockRow[], now: Date): boolean {
  return blocks.some(
    (block) =>
      block.reason !== "financial" && (!block.subscriptionId || block.subscriptionId === id) && isInForce(block, now),
  );
}

/** A tariff that may be changed to at all; one that is not public, by people of the operator alone. */
export function isOpenTo(to: { readonly status: string; readonly isPublic: boolean }, publicOnly: boolean): boolean {
  return to.status === "published" && (to.isPublic || !publicOnly);
}

/** What the matrix asks for the change itself; throws when it does not allow it, or not at that time. */
function changeFee({ catalog, matrix, today, toTariffId, when }: ChangeQuestion, { tariffId }: SubscriptionRow): Minor {
  const [from, to] = [catalog.tariffs.get(tariffId), catalog.tariffs.get(toTariffId)];
  if (!from || !to) throw new DomainError("not_found", "tariff.not_found");
  const terms = changeTerms(comparedOn(from, today), comparedOn(to, today), matrix);
  if (!terms.allowed) throw new DomainError("precondition", terms.reason);
  if (terms.timing === "next_period" && when === "now") {
    throw new DomainError("precondition", "change.only_next_period");
  }
  if (terms.timing === "at_once" && when !== "now") throw new DomainError("precondition", "change.only_at_once");
  return terms.feeMinor;
}

/** What is missing for what the change charges at once: the gate's own answer, else what the fee alone would overdraw. */
function lacking(
  { catalog, today, toTariffId }: ChangeQuestion,
  changed: AccountSnapshot,
  outcome: AccountOutcome | null,
  subscription: SubscriptionRow,
  feeMinor: Minor,
): Minor {
  if (outcome?.refused.includes(subscription.id)) return missingMinor(outcome.availableMinor, outcome.dueMinor);
  const { price } = priceOf(changedTo(subscription, toTariffId, today), catalog, today);
  if (feeMinor === 0n || price?.moneyGate === "always") return 0n;
  const left = outcome ? outcome.availableMinor - sumOf(outcome.charges) : availableOn(changed, today);
  return missingMinor(left, 0n);
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
