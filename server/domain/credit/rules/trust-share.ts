import type { TrustFormula } from "../schema";

/** What is known of a subscriber's reliability. */
export interface TrustFacts {
  readonly tenureMonths: number;
  /** Of the last twelve months, those in which something was paid. */
  readonly paidMonths: number;
  readonly kept: number;
  readonly broken: number;
}

/** «Почему столько»: the share of one period's fee that may be owed, and what it is made of, hundredths of a percent. */
export interface TrustShare {
  readonly baseBp: number;
  readonly tenureBp: number;
  readonly paymentsBp: number;
  readonly keptBp: number;
  /** Zero or less. */
  readonly brokenBp: number;
  /** The sum, not below zero and not above the formula's most. */
  readonly shareBp: number;
}

/** Trust grows with whole years, paid months and kept promises, and falls with broken ones (domain.md §2, going further). */
export function trustShare({ tenureMonths, paidMonths, kept, broken }: TrustFacts, formula: TrustFormula): TrustShare {
  const parts = {
    baseBp: formula.baseBp,
    tenureBp: Math.floor(tenureMonths / 12) * formula.perYearBp,
    paymentsBp: Math.min(paidMonths, 12) * formula.perPaidMonthBp,
    keptBp: kept * formula.perKeptBp,
    brokenBp: broken === 0 ? 0 : -broken * formula.perBrokenBp,
  };
  const sum = parts.baseBp + parts.tenureBp + parts.paymentsBp + parts.keptBp + parts.brokenBp;
  return { ...parts, shareBp: Math.min(Math.max(sum, 0), formula.maxBp) };
}
