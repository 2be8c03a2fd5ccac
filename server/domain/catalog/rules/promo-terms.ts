import { addMonths, type Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";

export interface PromoCode {
  readonly code: string;
  /** Hundredths of a percent; exactly one of the two is set. */
  readonly percentBp: number | null;
  readonly amountMinor: Minor | null;
  readonly months: number | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly totalLimit: number | null;
  readonly perCustomerLimit: number;
  readonly redeemed: number;
  /** Empty = every tariff. */
  readonly tariffIds: readonly string[];
}

/** A subscription that a code may make cheaper, earliest first. */
export interface PromoCandidate {
  readonly subscriptionId: string;
  readonly tariffId: string;
}

export type PromoRefusal =
  | "promo.not_yet"
  | "promo.over"
  | "promo.used_up"
  | "promo.already_redeemed"
  | "promo.other_tariffs";

export interface GrantedDiscount {
  /** Null = every subscription of the account. */
  readonly subscriptionId: string | null;
  readonly percentBp: number | null;
  readonly amountMinor: Minor | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

export type PromoTerms = { readonly granted: readonly GrantedDiscount[] } | { readonly refused: PromoRefusal };

/** Codes are told apart by their letters, not by their case. */
export const promoKey = (typed: string): string => typed.trim().toUpperCase();

/**
 * What redeeming a code on `today` gives, or why it gives nothing. A percent off everything is one discount of the account, so
 * that it reaches what is added later too; a percent off some tariffs is one for each subscription that has them; a sum comes
 * off one subscription, the earliest. It lasts so many calendar months from today: each period that begins in them is cheaper.
 */
export function promoTerms(
  promo: PromoCode,
  candidates: readonly PromoCandidate[],
  redeemedByCustomer: number,
  today: Day,
): PromoTerms {
  if (today < promo.validFrom) return { refused: "promo.not_yet" };
  if (promo.validTo !== null && today >= promo.validTo) return { refused: "promo.over" };
  if (redeemedByCustomer >= promo.perCustomerLimit) return { refused: "promo.already_redeemed" };
  if (promo.totalLimit !== null && promo.redeemed >= promo.totalLimit) return { refused: "promo.used_up" };
  const fitting = candidates.filter(
    ({ tariffId }) => promo.tariffIds.length === 0 || promo.tariffIds.includes(tariffId),
  );
  if (fitting.length === 0) return { refused: "promo.other_tariffs" };
  const terms = {
    percentBp: promo.percentBp,
    amountMinor: promo.amountMinor,
    validFrom: today,
    validTo: promo.months === null ? null : addMonths(today, promo.months),
  };
  const named = fitting.map(({ subscriptionId }) => ({ ...terms, subscriptionId }));
  if (promo.amountMinor !== null) return { granted: named.slice(0, 1) };
  return { granted: promo.tariffIds.length === 0 ? [{ ...terms, subscriptionId: null }] : named };
}
