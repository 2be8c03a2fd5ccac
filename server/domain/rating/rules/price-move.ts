import type { Catalog } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { anchorOf, periodOf } from "./due-lines";
import { type PeriodQuote, type PriceSurroundings, priceOf, quotePeriod } from "./quote-period";

/** A version that may be published, and the catalog as it is and as it would be. */
export interface ProposedVersion {
  readonly version: number;
  readonly existingFrom: Day | null;
  readonly before: Catalog;
  readonly after: Catalog;
}

/** A whole period of one subscription, on the day it would move: at today's catalog and at the proposed one. */
export interface PriceMove {
  readonly on: Day;
  readonly before: PeriodQuote;
  readonly after: PeriodQuote;
}

/** Why a subscription would not move: its price is personal, it ends first, or the version never reaches it. */
export type PriceStay = "personal" | "ends" | "not_reached";

/**
 * When a subscription in force would move to a proposed version: at its own next period start on or after the version's date
 * for existing subscribers, never inside a period, and never in the one that is already charged.
 */
export function priceMove(
  row: SubscriptionRow,
  around: PriceSurroundings,
  { version, existingFrom, before, after }: ProposedVersion,
  today: Day,
): PriceMove | PriceStay {
  if (existingFrom === null) return "not_reached";
  const next = periodStartFrom(row, around, before, addDays(today, 1));
  const on = laterDay(next, periodStartFrom(row, around, before, existingFrom));
  if (row.endedOn !== null && row.endedOn <= on) return "ends";
  const quotes = { before: quoteOn(row, around, before, on), after: quoteOn(row, around, after, on) };
  if (quotes.after.priceVersion === null) return "personal";
  if (quotes.after.priceVersion !== version || quotes.after.price?.chargeMethod === "one_off") return "not_reached";
  return { on, ...quotes };
}

/** The first period of a subscription that begins on `day` or later. */
function periodStartFrom(row: SubscriptionRow, { anchorDay }: PriceSurroundings, catalog: Catalog, day: Day): Day {
  const from = laterDay(day, row.startedOn);
  const { price } = priceOf(row, catalog, from);
  const period = periodOf({ subscription: row, anchorDay }, price, from);
  return period.start >= from ? period.start : period.end;
}

function quoteOn(row: SubscriptionRow, around: PriceSurroundings, catalog: Catalog, on: Day): PeriodQuote {
  const { price } = priceOf(row, catalog, on);
  return quotePeriod(row, catalog, on, { ...around, anchorDay: anchorOf(price, row, around.anchorDay) });
}

const YEAR_MONTHS = 12;

/** What a quote earns in twelve months, a whole number whatever the period: VAT inside, discounts off. */
export function yearOf(quote: PeriodQuote): Minor {
  const periods = YEAR_MONTHS / (quote.price?.periodMonths ?? 1);
  return (quote.feeMinor - quote.discountMinor) * BigInt(periods);
}
