import { type Catalog, type CatalogPrice, priceOn } from "@/server/domain/catalog";
import type { DiscountRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, laterDay } from "@/server/kernel/day";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { longPeriodHolding, monthsBetween } from "@/server/kernel/period";
import { type AppliedDiscount, discountsOn, takeOff } from "./discounts";
import { firstDayOfTariff, type HadTariff, termStart } from "./term-of";

type Tariff = NonNullable<ReturnType<Catalog["tariffs"]["get"]>>;

/** Which of the first, otherwise priced months a period is, and how many of them there are. */
export interface PhaseOfPeriod {
  readonly position: number;
  readonly isTrial: boolean;
}

/** What one whole period of a subscription costs and why. */
export interface PeriodQuote {
  readonly tariff: Tariff;
  /** The version whose rules are in force; null only when the price is personal and no version has reached it. */
  readonly price: CatalogPrice | null;
  /** Null when the price is personal. */
  readonly priceVersion: number | null;
  readonly phase: PhaseOfPeriod | null;
  /** Of one whole period times quantity, VAT inside, before discounts. */
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly discounts: readonly AppliedDiscount[];
}

/** What else of the account a price depends on. */
export interface PriceSurroundings {
  /** Day of the month that the subscription's periods begin on; it says which month a phase is in. */
  readonly anchorDay: number;
  readonly discounts: readonly DiscountRow[];
  /** All of the account's subscriptions: a bundle is cheaper while every part is there. */
  readonly subscriptions: readonly SubscriptionRow[];
  /** When the account had tariffs with a trial or first months in subscriptions that have ended, by id. Absent: never. */
  readonly had?: ReadonlyMap<string, readonly HadTariff[]>;
}

const ALONE: PriceSurroundings = { anchorDay: 1, discounts: [], subscriptions: [] };

/** The price version in force for a subscription in a period that starts on `periodStart`; null when none has reached it. */
export function priceOf(subscription: SubscriptionRow, catalog: Catalog, periodStart: Day) {
  const tariff = catalog.tariffs.get(subscription.tariffId);
  if (!tariff) throw new DomainError("invariant", "tariff.not_found", { tariffId: subscription.tariffId });
  return { tariff, price: priceOn(tariff.prices, termStart(subscription), periodStart) };
}

/**
 * The price of one whole period: the personal one, else the version's phase, else its fee, times quantity, less what is in force
 * of discounts and bundles on the period's first served day. Throws `precondition` (`tariff.no_price`) when there is none.
 */
export function quotePeriod(
  subscription: SubscriptionRow,
  catalog: Catalog,
  periodStart: Day,
  around: PriceSurroundings = ALONE,
): PeriodQuote {
  const begun = termStart(subscription);
  const on = laterDay(periodStart, begun);
  const { tariff, price } = priceOf(subscription, catalog, periodStart);
  const personal = subscription.personalPrices.findLast(
    (one) => one.validFrom <= on && (!one.validTo || one.validTo > on),
  );
  if (!personal && !price) throw new DomainError("precondition", "tariff.no_price", { code: tariff.code });
  const phase =
    personal || !price
      ? null
      : phaseOf(price, firstDayOfTariff(subscription, around.had), periodStart, around.anchorDay);
  const feeMinor = (personal?.feeMinor ?? phase?.feeMinor ?? price?.feeMinor ?? 0n) * BigInt(subscription.quantity);
  const applied = discountsOn(subscription, on, around, personal ? [] : catalog.bundles);
  const discounts = applied.length === 0 ? NO_DISCOUNTS : takeOff(feeMinor, applied);
  return {
    tariff,
    price,
    priceVersion: personal ? null : (price?.version ?? null),
    phase: phase && { position: phase.position, isTrial: phase.isTrial },
    feeMinor,
    discountMinor: discounts.reduce((sum, one) => sum + one.amountMinor, 0n),
    discounts,
  };
}

/** The same; null where no price has reached the subscription: charging parks such an account, a screen shows that there is none. */
export function quoteIfPriced(...question: Parameters<typeof quotePeriod>): PeriodQuote | null {
  try {
    return quotePeriod(...question);
  } catch (error) {
    if (isDomainError(error) && error.reason === "tariff.no_price") return null;
    throw error;
  }
}

const NO_DISCOUNTS: readonly AppliedDiscount[] = [];

/**
 * The phase that a period falls into: phases last so many whole months from the first whole period on the tariff on, and a part
 * of a period before it belongs to the first phase. Whoever leaves a tariff and comes back goes on where it would be by then.
 * Null when they are over or there are none.
 */
function phaseOf(price: CatalogPrice, begun: Day, periodStart: Day, anchorDay: number) {
  if (price.phases.length === 0) return null;
  const first = longPeriodHolding(begun, anchorDay, 1, begun);
  const whole = first.start === begun ? first.start : first.end;
  const month = Math.max(0, monthsBetween(whole, periodStart));
  let passed = 0;
  for (const phase of price.phases) {
    passed += phase.months;
    if (month < passed) return phase;
  }
  return null;
}
