import type { Catalog } from "@/server/domain/catalog";
import {
  type AccountOutcome,
  type AccountSnapshot,
  anchorOf,
  foreseeDays,
  missingMinor,
  type PeriodQuote,
  periodOf,
  priceOf,
  quoteIfPriced,
  sumOf,
  termStart,
} from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

/** A charge that an account's money will not suffice for. */
export interface Shortfall {
  /** Today when it is due already and was refused. */
  readonly on: Day;
  readonly chargeMinor: Minor;
  readonly missingMinor: Minor;
}

/** The first charge by `through` that the money does not suffice for, if none comes: charging itself, run ahead. */
export function shortfallOf(
  snapshot: AccountSnapshot,
  catalog: Catalog,
  today: Day,
  zone: string,
  through: Day,
): Shortfall | null {
  for (const { on, outcome } of foreseeDays(snapshot, catalog, today, zone, addDays(through, 1))) {
    const short = shortBy(outcome);
    if (short) return { on, ...short };
  }
  return null;
}

/** What the gate held back, less what was left for it. What is charged whatever the balance takes nothing from the others. */
function shortBy({ charges, dueMinor, availableMinor }: AccountOutcome): Omit<Shortfall, "on"> | null {
  const chargeMinor = dueMinor - sumOf(charges);
  if (chargeMinor <= 0n) return null;
  const left = availableMinor - sumOf(charges.filter((charge) => charge.gate !== "always"));
  return { chargeMinor, missingMinor: missingMinor(left, chargeMinor) };
}

/** A subscription that costs nothing or little now and will not from a day on. */
export interface TrialEnd {
  readonly on: Day;
  readonly tariffId: string;
  /** Of a whole period, discounts taken off. */
  readonly feeMinor: Minor;
}

/** The trials that turn paid by `through`, of subscriptions that are there to see it under the same tariff. */
export function trialEndsOf(snapshot: AccountSnapshot, catalog: Catalog, today: Day, through: Day): TrialEnd[] {
  return snapshot.subscriptions.flatMap((subscription) => {
    if (subscription.endedOn && subscription.endedOn <= today) return [];
    const end = trialEnd(subscription, snapshot, catalog, laterDay(today, termStart(subscription)), through);
    return end && end.feeMinor > 0n && lasts(subscription, snapshot, end.on) ? [end] : [];
  });
}

/** Another version of a tariff's price that reaches a subscription at its own next period. Kopecks, discounts taken off. */
export interface FeeMove {
  readonly on: Day;
  readonly tariffId: string;
  readonly feeMinor: Minor;
  readonly beforeMinor: Minor;
}

/**
 * The prices that change by `through` because a version reaches those who are there already: the first of each subscription
 * that will be there to see it under the same tariff. A personal price moves with no version, and the end of a trial is told
 * of as that.
 */
export function feeMovesOf(snapshot: AccountSnapshot, catalog: Catalog, today: Day, through: Day): FeeMove[] {
  return snapshot.subscriptions.flatMap((subscription) => {
    if (subscription.endedOn && subscription.endedOn <= today) return [];
    const move = feeMove(subscription, snapshot, catalog, laterDay(today, termStart(subscription)), through);
    return move && lasts(subscription, snapshot, move.on) ? [move] : [];
  });
}

function feeMove(
  subscription: SubscriptionRow,
  snapshot: AccountSnapshot,
  catalog: Catalog,
  from: Day,
  through: Day,
): FeeMove | null {
  // Most tariffs have nothing that could reach anybody by then: their subscribers' periods are not walked through.
  const reaching = catalog.tariffs.get(subscription.tariffId)?.prices.some(({ existingFrom }) => existingFrom !== null);
  if (!reaching) return null;
  const on = (day: Day) => periodAt(subscription, snapshot, catalog, day);
  for (let before = on(from); before && before.period.end <= through; ) {
    const after = on(before.period.end);
    if (!after) return null;
    const beforeMinor = before.quote.feeMinor - before.quote.discountMinor;
    const feeMinor = after.quote.feeMinor - after.quote.discountMinor;
    const isMoved = isAnotherVersion(before.quote, after.quote) && feeMinor !== beforeMinor;
    if (isMoved) return { on: before.period.end, tariffId: subscription.tariffId, feeMinor, beforeMinor };
    before = after;
  }
  return null;
}

/** What is charged once is not charged again at another price. */
function isAnotherVersion(before: PeriodQuote, after: PeriodQuote): boolean {
  if (before.price?.chargeMethod === "one_off" || before.phase?.isTrial) return false;
  return before.priceVersion !== null && after.priceVersion !== null && before.priceVersion !== after.priceVersion;
}

/** The period of a subscription that holds a day, and what it costs; null where no price has reached it. */
function periodAt(subscription: SubscriptionRow, snapshot: AccountSnapshot, catalog: Catalog, day: Day) {
  const { price } = priceOf(subscription, catalog, day);
  const period = periodOf({ subscription, anchorDay: snapshot.anchorDay }, price, day);
  const anchorDay = anchorOf(price, subscription, snapshot.anchorDay);
  const quote = quoteIfPriced(subscription, catalog, period.start, { ...snapshot, anchorDay });
  return quote && { period, quote };
}

function trialEnd(
  subscription: SubscriptionRow,
  snapshot: AccountSnapshot,
  catalog: Catalog,
  from: Day,
  through: Day,
): TrialEnd | null {
  const on = (day: Day) => periodAt(subscription, snapshot, catalog, day);
  for (let at = on(from); at?.quote.phase?.isTrial && at.period.end <= through; ) {
    const next = on(at.period.end);
    if (!next) return null;
    if (!next.quote.phase?.isTrial) {
      const { tariff, feeMinor, discountMinor } = next.quote;
      return { on: at.period.end, tariffId: tariff.id, feeMinor: feeMinor - discountMinor };
    }
    at = next;
  }
  return null;
}

function lasts({ id, endedOn }: SubscriptionRow, { changes }: AccountSnapshot, on: Day): boolean {
  return (
    (endedOn === null || endedOn > on) &&
    !changes.some((change) => change.subscriptionId === id && change.effectiveOn <= on)
  );
}
