import type { Catalog } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { anchorOf, periodOf } from "./due-lines";
import { missingMinor, sumOf } from "./money-gate";
import { type AccountSnapshot, proposeAccount } from "./propose-account";
import { type PeriodQuote, type PriceSurroundings, priceOf, quotePeriod } from "./quote-period";

/** What something added to an account would cost, told by the code that would charge it. */
export interface ForeseenAddition {
  /** Of one whole period, quantity included, before and after discounts. */
  readonly fullFeeMinor: Minor;
  readonly feeMinor: Minor;
  readonly isTrial: boolean;
  /** The first period that costs otherwise: a promotion or a trial ends, a price rises. */
  readonly turn: PriceTurn | null;
  /** Taken the moment it is added; zero for what is charged later. */
  readonly chargedNowMinor: Minor;
  /** What the account lacks to be charged now; zero when there is enough. */
  readonly missingMinor: Minor;
}

export interface PriceTurn {
  readonly on: Day;
  readonly feeMinor: Minor;
}

/** Three years of months. */
const HORIZON = 36;

/** Lets charging look at the account with one subscription more, and stops before the write. */
export function foreseeAddition(
  snapshot: AccountSnapshot,
  added: SubscriptionRow,
  catalog: Catalog,
  today: Day,
  zone: string,
): ForeseenAddition {
  const subscriptions = [...snapshot.subscriptions, added];
  const outcome = proposeAccount({ ...snapshot, subscriptions }, catalog, today, zone);
  const around = { ...snapshot, subscriptions };
  const quote = quoteOn(added, catalog, laterDay(today, added.startedOn), around);
  const isRefused = outcome.refused.includes(added.id);
  return {
    fullFeeMinor: quote.feeMinor,
    feeMinor: netOf(quote),
    isTrial: quote.phase?.isTrial ?? false,
    turn: turnOf(added, catalog, today, around),
    chargedNowMinor: sumOf(outcome.charges.filter((line) => line.subscriptionId === added.id)),
    missingMinor: isRefused ? missingMinor(outcome.availableMinor, outcome.dueMinor) : 0n,
  };
}

/** The first period after the one that holds `today` whose whole fee is another; null when none is in sight. */
export function turnOf(
  subscription: SubscriptionRow,
  catalog: Catalog,
  today: Day,
  around: PriceSurroundings,
): PriceTurn | null {
  const now = netOf(quoteOn(subscription, catalog, today, around));
  let day = laterDay(today, subscription.startedOn);
  for (let count = 1; count <= HORIZON; count += 1) {
    const { price } = priceOf(subscription, catalog, day);
    if (price?.chargeMethod === "one_off" || (price?.maxCharges && count >= price.maxCharges)) return null;
    day = periodOf({ subscription, anchorDay: around.anchorDay }, price, day).end;
    if (subscription.endedOn !== null && day >= subscription.endedOn) return null;
    const feeMinor = netOf(quoteOn(subscription, catalog, day, around));
    if (feeMinor !== now) return { on: day, feeMinor };
  }
  return null;
}

/** The whole period that holds `day`, as charging prices it. */
function quoteOn(row: SubscriptionRow, catalog: Catalog, day: Day, around: PriceSurroundings): PeriodQuote {
  const { price } = priceOf(row, catalog, day);
  const period = periodOf({ subscription: row, anchorDay: around.anchorDay }, price, day);
  return quotePeriod(row, catalog, period.start, { ...around, anchorDay: anchorOf(price, row, around.anchorDay) });
}

const netOf = (quote: PeriodQuote): Minor => quote.feeMinor - quote.discountMinor;
