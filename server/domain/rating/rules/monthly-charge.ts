import { type Catalog, priceOn, vatInside, vatPercentOn } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, daysBetween } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { fractionOf, type Minor, roundToMinor } from "@/server/kernel/money";
import type { Period } from "@/server/kernel/period";
import { type BlockedDays, type ChargedDays, chargedDays } from "./charged-days";

/** One line of «почему столько»: fee × chargedDays ÷ periodDays, from which price, with which VAT. */
export interface ProposedCharge {
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly kind: "recurring";
  readonly period: Period;
  readonly charged: ChargedDays;
  readonly periodDays: number;
  readonly tariffId: string;
  /** Null when the price is personal. */
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly amountMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  readonly revenueCode: string;
}

/** The fee of one whole period and where it comes from. Throws `precondition` (`tariff.no_price`) when there is none. */
export function feeOf(subscription: SubscriptionRow, catalog: Catalog, periodStart: Day) {
  const on = periodStart > subscription.startedOn ? periodStart : subscription.startedOn;
  const personal = subscription.personalPrices.findLast(
    (price) => price.validFrom <= on && (!price.validTo || price.validTo > on),
  );
  const tariff = catalog.tariffs.get(subscription.tariffId);
  if (!tariff) throw new DomainError("invariant", "tariff.not_found", { tariffId: subscription.tariffId });
  const price = priceOn(tariff.prices, subscription.startedOn, periodStart);
  if (!personal && !price) throw new DomainError("precondition", "tariff.no_price", { code: tariff.code });
  return {
    tariff,
    feeMinor: (personal?.feeMinor ?? price?.feeMinor ?? 0n) * BigInt(subscription.quantity),
    priceVersion: personal ? null : (price?.version ?? null),
    proration: price?.prorationStart ?? "actual_days",
  };
}

/**
 * The monthly charge of one subscription for one period, or null when nothing is owed: no days left, or the fee is zero.
 * Amount = fee × charged days ÷ days of the WHOLE period, half-up to a kopeck, once per line; VAT is inside it, at the
 * rate of the period's first charged day.
 */
export function monthlyCharge(
  subscription: SubscriptionRow,
  catalog: Catalog,
  period: Period,
  blocked: readonly BlockedDays[],
): ProposedCharge | null {
  const charged = chargedDays(period, subscription.startedOn, subscription.endedOn, blocked);
  if (!charged) return null;
  const { tariff, feeMinor, priceVersion, proration } = feeOf(subscription, catalog, period.start);
  const periodDays = daysBetween(period.start, period.end);
  const whole = proration === "none" || charged.days === periodDays;
  const amountMinor = whole ? feeMinor : roundToMinor(fractionOf(feeMinor, charged.days, periodDays));
  if (amountMinor === 0n) return null;
  const vatPercent = vatPercentOn(catalog.vatRates, tariff.vatCode, charged.from);
  return {
    accountId: subscription.accountId,
    subscriptionId: subscription.id,
    kind: "recurring",
    period,
    charged,
    periodDays,
    tariffId: tariff.id,
    priceVersion,
    feeMinor,
    amountMinor,
    vatPercent,
    vatMinor: vatInside(amountMinor, vatPercent),
    revenueCode: tariff.revenueCode,
  };
}
