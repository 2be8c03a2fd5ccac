import type { MeterPricing, UsagePricing } from "@/server/domain/catalog";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import { type Fraction, fraction, fractionText, isAbove, minus, rounded, totalOf } from "./fraction";
import { pricePackage } from "./price-package";
import { priceIncrements, pricePercentage } from "./price-records";
import { pricePerUnit, priceTiered, priceVolume } from "./price-tiers";
import { type CarriedUnits, type MeterCost, type Metered, type StepDetail, stepDetail, sum } from "./usage-steps";

/** What was used of one meter in a period. */
export interface MeterUsage {
  readonly meter: string;
  /** Of every record, in the order they happened, in the meter's measure (seconds, octets, pieces, kopecks). */
  readonly units: readonly bigint[];
}

/** What packages of earlier periods have left, by meter; as a charge keeps it, so units are text. */
export type UsageCarry = Readonly<
  Record<string, readonly { readonly units: string; readonly periodsLeft: number }[] | undefined>
>;

export interface UsageToRate {
  readonly pricing: UsagePricing;
  readonly usage: readonly MeterUsage[];
  readonly carried?: UsageCarry | undefined;
  /** The part of the period that is charged; a whole one when absent. Allowances and packages shrink by it. */
  readonly share?: { readonly days: number; readonly ofDays: number } | undefined;
  readonly quantity?: number | undefined;
}

/** «Почему столько» of a usage line, as the charge keeps it. */
export interface UsageDetail {
  readonly meters: readonly {
    readonly meter: string;
    readonly nameRu: string;
    readonly nameEn: string;
    readonly unit: MeterPricing["unit"];
    readonly records: number;
    /** In the measure. */
    readonly units: string;
    readonly steps: readonly StepDetail[];
    /** Kopecks, before the line is rounded. */
    readonly amount: string;
  }[];
  /** The part of the period that is charged, when it is not all of it. */
  readonly share?: { readonly days: number; readonly ofDays: number };
  /** The line's cap, when it has cut something off. */
  readonly cap?: { readonly capMinor: string; readonly amount: string };
  /** Kopecks, before the one rounding. */
  readonly exact: string;
  /** What stays for the next period. */
  readonly carry?: UsageCarry;
}

export interface RatedUsage {
  readonly amountMinor: Minor;
  readonly detail: UsageDetail;
  readonly carry: UsageCarry;
}

/**
 * What a period's usage costs, VAT inside: each meter by its pricer, less its cap; all of them, less the line's cap; one
 * rounding half-up. Which record came first matters only to who uses an allowance up; the order they arrived in does not.
 *
 * Throws `precondition` (`usage.meter_not_priced`) for a meter that the price does not name.
 */
export function rateUsage({ pricing, usage, carried = {}, share, quantity = 1 }: UsageToRate): RatedUsage {
  const stray = usage.find(({ meter }) => !pricing.meters.some((one) => one.meter === meter));
  if (stray) throw new DomainError("precondition", "usage.meter_not_priced", { meter: stray.meter });
  const part = share ? fraction(BigInt(share.days), BigInt(share.ofDays)) : fraction(1n);
  const rated = pricing.meters.flatMap((meter) => {
    const units = usage.filter((one) => one.meter === meter.meter).flatMap((one) => one.units);
    const cost = priceMeter(meter, { units, carried: readCarried(carried[meter.meter]), share: part, quantity });
    return cost.steps.length === 0 && units.length === 0 ? [] : [{ meter, units, ...cost, amount: amountOf(cost) }];
  });
  const total = totalOf(rated.map(({ amount }) => amount));
  const capped = capOf(pricing.capMinor, total);
  const exact = capped?.to ?? total;
  const carry: UsageCarry = Object.fromEntries(
    rated.filter((one) => one.carry.length > 0).map((one) => [one.meter.meter, one.carry.map(keepCarried)]),
  );
  const detail: UsageDetail = {
    meters: rated.map(({ meter: { meter, nameRu, nameEn, unit }, units, steps, amount }) => ({
      meter,
      nameRu,
      nameEn,
      unit,
      records: units.length,
      units: sum(units).toString(),
      steps: steps.map(stepDetail),
      amount: fractionText(amount),
    })),
    ...(share && share.days !== share.ofDays ? { share } : {}),
    ...(capped ? { cap: { capMinor: `${pricing.capMinor}`, amount: fractionText(minus(capped.to, total)) } } : {}),
    exact: fractionText(exact),
    ...(Object.keys(carry).length > 0 ? { carry } : {}),
  };
  return { amountMinor: rounded(exact), detail, carry };
}

/** One meter by its pricer, its cap as the last step. */
export function priceMeter(pricing: MeterPricing, metered: Metered): MeterCost {
  const cost = byPricer(pricing, metered);
  const total = amountOf(cost);
  const capped = capOf(pricing.capMinor, total);
  if (!capped || pricing.capMinor === null) return cost;
  const step = { kind: "cap" as const, priceMinor: pricing.capMinor, amount: minus(capped.to, total) };
  return { ...cost, steps: [...cost.steps, step] };
}

export const amountOf = ({ steps }: Pick<MeterCost, "steps">): Fraction => totalOf(steps.map(({ amount }) => amount));

function byPricer(pricing: MeterPricing, metered: Metered): MeterCost {
  switch (pricing.pricer) {
    case "per_unit":
      return pricePerUnit(pricing, metered);
    case "tiered":
      return priceTiered(pricing, metered);
    case "volume":
      return priceVolume(pricing, metered);
    case "package":
      return pricePackage(pricing, metered);
    case "increments":
      return priceIncrements(pricing, metered);
    case "percentage":
      return pricePercentage(pricing, metered);
  }
}

/** Null when the cap cuts nothing. */
function capOf(capMinor: Minor | null, total: Fraction): { to: Fraction } | null {
  return capMinor !== null && isAbove(total, fraction(capMinor)) ? { to: fraction(capMinor) } : null;
}

function readCarried(kept: UsageCarry[string]): CarriedUnits[] {
  return (kept ?? []).map(({ units, periodsLeft }) => ({ units: BigInt(units), periodsLeft }));
}

function keepCarried({ units, periodsLeft }: CarriedUnits) {
  return { units: units.toString(), periodsLeft };
}
