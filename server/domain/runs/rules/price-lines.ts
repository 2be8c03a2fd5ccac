import { type Catalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import type { AppliedDiscount, PeriodQuote } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { type DiscountNames, withNames } from "./discount-names";

/** One whole period, line by line: the fee, what comes off and why, what is left to pay, the VAT in it. */
export interface PriceLines {
  readonly priceVersion: number | null;
  readonly periodMonths: number;
  readonly phase: PeriodQuote["phase"];
  readonly feeMinor: Minor;
  readonly discounts: readonly (AppliedDiscount & DiscountNames)[];
  readonly totalMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
}

export function priceLines(
  quote: PeriodQuote,
  { vatRates, bundles }: Pick<Catalog, "vatRates" | "bundles">,
  on: Day,
): PriceLines {
  const totalMinor = quote.feeMinor - quote.discountMinor;
  const vatPercent = vatPercentOn(vatRates, quote.tariff.vatCode, on);
  return {
    priceVersion: quote.priceVersion,
    periodMonths: quote.price?.periodMonths ?? 1,
    phase: quote.phase,
    feeMinor: quote.feeMinor,
    discounts: withNames(quote.discounts, bundles),
    totalMinor,
    vatPercent,
    vatMinor: vatInside(totalMinor, vatPercent),
  };
}
