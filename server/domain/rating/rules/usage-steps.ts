import { type MeterPricing, UNIT_SIZES } from "@/server/domain/catalog";
import type { Minor } from "@/server/kernel/money";
import { type Fraction, fraction, fractionText } from "./fraction";

/** What one pricer is given of one meter. */
export interface Metered {
  /** Of every record, in the order they happened, in the meter's measure. */
  readonly units: readonly bigint[];
  /** Left of earlier packages, the soonest lost first. */
  readonly carried: readonly CarriedUnits[];
  /** The part of the period that is charged, 1/1 for a whole one: what allowances and packages shrink by. */
  readonly share: Fraction;
  /** How many of the subscription there are: allowances and packages are as many times larger. */
  readonly quantity: number;
}

/** Units of a package that may still be used in so many further periods. */
export interface CarriedUnits {
  readonly units: bigint;
  readonly periodsLeft: number;
}

/** One step of the explanation; the amounts of all steps add up to what the meter costs, exactly. */
export type Step =
  | { readonly kind: "allowance" | "rollover" | "unpriced"; readonly units: bigint; readonly amount: Fraction }
  | { readonly kind: "grace"; readonly records: number; readonly units: bigint; readonly amount: Fraction }
  | {
      readonly kind: "package";
      readonly units: bigint;
      readonly ofUnits: bigint;
      readonly priceMinor: Minor;
      readonly amount: Fraction;
    }
  | {
      readonly kind: "unit";
      readonly units: bigint;
      readonly priceMinor: Minor;
      readonly perUnits: bigint;
      readonly amount: Fraction;
    }
  | {
      readonly kind: "lots";
      readonly lots: bigint;
      readonly units: bigint;
      readonly priceMinor: Minor;
      readonly perUnits: bigint;
      readonly amount: Fraction;
    }
  | {
      /** `fromUnits`, `upToUnits` in the measure; null = no end. */
      readonly kind: "tier" | "volume";
      readonly fromUnits: bigint;
      readonly upToUnits: bigint | null;
      readonly units: bigint;
      readonly priceMinor: Minor;
      readonly amount: Fraction;
    }
  | { readonly kind: "flat"; readonly fromUnits: bigint; readonly priceMinor: Minor; readonly amount: Fraction }
  | {
      readonly kind: "connect" | "fixed";
      readonly records: number;
      readonly priceMinor: Minor;
      readonly amount: Fraction;
    }
  | {
      readonly kind: "increments";
      readonly records: number;
      readonly units: bigint;
      readonly measuredUnits: bigint;
      readonly priceMinor: Minor;
      readonly perUnits: bigint;
      readonly amount: Fraction;
    }
  | { readonly kind: "percent"; readonly percentBp: number; readonly units: bigint; readonly amount: Fraction }
  | { readonly kind: "record_limits" | "rounding"; readonly amount: Fraction }
  | { readonly kind: "cap"; readonly priceMinor: Minor; readonly amount: Fraction };

export interface MeterCost {
  readonly steps: readonly Step[];
  readonly carry: readonly CarriedUnits[];
}

export const FREE = fraction(0n);

/** How many of its measure a unit of this meter is. */
export const sizeOf = ({ unit }: Pick<MeterPricing, "unit">): bigint => UNIT_SIZES[unit].size;

/** Units promised for a whole period, in the measure, of what is charged of it; a part of a unit is not promised. */
export function promised(units: bigint, pricing: Pick<MeterPricing, "unit">, { share, quantity }: Metered): bigint {
  return (units * sizeOf(pricing) * BigInt(quantity) * share.over) / share.under;
}

export const sum = (units: readonly bigint[]): bigint => units.reduce((total, one) => total + one, 0n);
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The free units that are used up by `total`, and the step that says so. */
export function takeAllowance(total: bigint, pricing: MeterPricing, metered: Metered): { free: bigint; steps: Step[] } {
  const free = least(total, promised(pricing.freeUnits, pricing, metered));
  return { free, steps: allowanceStep(free) };
}

export function allowanceStep(units: bigint): Step[] {
  return units === 0n ? [] : [{ kind: "allowance", units, amount: FREE }];
}

/** A step as a charge keeps it: numbers that JSON has no form for are text. */
export type StepDetail = { readonly kind: Step["kind"]; readonly amount: string } & Readonly<
  Partial<
    Record<
      "units" | "ofUnits" | "priceMinor" | "perUnits" | "lots" | "fromUnits" | "upToUnits" | "measuredUnits",
      string | null
    >
  >
> &
  Readonly<Partial<Record<"records" | "percentBp", number>>>;

export function stepDetail(step: Step): StepDetail {
  const entries = Object.entries(step).map(([name, value]) => [
    name,
    typeof value === "bigint" ? value.toString() : name === "amount" ? fractionText(step.amount) : value,
  ]);
  return Object.fromEntries(entries) as StepDetail;
}
