import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { ChangeDirection, ChangeTiming } from "../constants";
import { type PriceVersion, priceOn } from "./price-on";

/** What the matrix says of one pair of tariffs; null = as its direction says. */
export interface ChangePair {
  readonly fromTariffId: string;
  readonly toTariffId: string;
  readonly allowed: boolean;
  readonly feeMinor: Minor | null;
  readonly timing: ChangeTiming | null;
}

/** What it says of every pair that has no words of its own. */
export interface ChangeDefault {
  readonly direction: ChangeDirection;
  readonly allowed: boolean;
  /** VAT inside, once. */
  readonly feeMinor: Minor;
  readonly timing: ChangeTiming;
}

export interface ChangeMatrix {
  readonly defaults: readonly ChangeDefault[];
  readonly pairs: readonly ChangePair[];
}

/** A tariff as the matrix sees it: what it costs for how many months, before anything personal. */
export interface ComparedTariff {
  readonly tariffId: string;
  readonly kind: string;
  readonly feeMinor: Minor;
  readonly periodMonths: number;
}

/** A tariff as a newcomer of `today` would have it: what both sides of a change are compared by. */
export function comparedOn(
  tariff: { readonly id: string; readonly kind: string; readonly prices: readonly ComparedPrice[] },
  today: Day,
): ComparedTariff {
  const price = priceOn(tariff.prices, today, today);
  return {
    tariffId: tariff.id,
    kind: tariff.kind,
    feeMinor: price?.feeMinor ?? 0n,
    periodMonths: price?.periodMonths ?? 1,
  };
}

interface ComparedPrice extends PriceVersion {
  readonly feeMinor: Minor;
  readonly periodMonths: number;
}

export type ChangeTerms =
  | {
      readonly allowed: true;
      readonly direction: ChangeDirection;
      readonly feeMinor: Minor;
      readonly timing: ChangeTiming;
    }
  | { readonly allowed: false; readonly reason: ChangeRefusal };

/** Reasons of a `precondition`, one word each. */
export type ChangeRefusal = "change.same_tariff" | "change.other_kind" | "change.not_allowed";

/**
 * Whether one tariff may be changed for another, what the change itself costs and when it may take effect (domain.md §2).
 * A pair that the matrix names goes by its own words, and by those of its direction where it says nothing; an unnamed pair
 * goes by its direction alone. Which way is up is told by the fee of a month. Only tariffs of one kind are changed for each
 * other: internet is not changed for television.
 */
export function changeTerms(from: ComparedTariff, to: ComparedTariff, matrix: ChangeMatrix): ChangeTerms {
  if (from.tariffId === to.tariffId) return { allowed: false, reason: "change.same_tariff" };
  if (from.kind !== to.kind) return { allowed: false, reason: "change.other_kind" };
  const direction = directionOf(from, to);
  const general = matrix.defaults.find((row) => row.direction === direction) ?? FREE;
  const own = matrix.pairs.find((row) => row.fromTariffId === from.tariffId && row.toTariffId === to.tariffId);
  if (!(own ?? general).allowed) return { allowed: false, reason: "change.not_allowed" };
  return {
    allowed: true,
    direction,
    feeMinor: own?.feeMinor ?? general.feeMinor,
    timing: own?.timing ?? general.timing,
  };
}

/** What holds while nobody has said otherwise. */
const FREE = { allowed: true, feeMinor: 0n, timing: "either" } as const;

/** By the fee of a month; compared across, so that a year's fee is not rounded. */
export function directionOf(from: ComparedTariff, to: ComparedTariff): ChangeDirection {
  const before = from.feeMinor * BigInt(to.periodMonths);
  const after = to.feeMinor * BigInt(from.periodMonths);
  return after > before ? "up" : after < before ? "down" : "equal";
}
