import type { MeterPricingOf } from "@/server/domain/catalog";
import { fraction } from "./fraction";
import {
  type CarriedUnits,
  FREE,
  least,
  type MeterCost,
  type Metered,
  promised,
  type Step,
  sizeOf,
  sum,
} from "./usage-steps";

/**
 * A package for a fee, used or not; then the price beyond it. What earlier packages left is used up first, the soonest lost
 * before the rest, and what this one leaves stays for `rolloverPeriods` further periods.
 */
export function pricePackage(pricing: MeterPricingOf<"package">, metered: Metered): MeterCost {
  const { packageMinor, rolloverPeriods } = pricing;
  const own = promised(pricing.packageUnits, pricing, metered);
  const total = sum(metered.units);
  const old = spend(metered.carried, total);
  const used = least(total - old.used, own);
  const beyond = total - old.used - used;
  const { over, under } = metered.share;
  const fee = fraction(packageMinor * BigInt(metered.quantity) * over, under);
  const steps: Step[] = [
    ...(old.used > 0n ? [{ kind: "rollover" as const, units: old.used, amount: FREE }] : []),
    { kind: "package", units: used, ofUnits: own, priceMinor: packageMinor, amount: fee },
    ...beyondSteps(pricing, beyond),
  ];
  const left = own - used;
  const carry = [
    ...old.left.map(({ units, periodsLeft }) => ({ units, periodsLeft: periodsLeft - 1 })),
    { units: left, periodsLeft: rolloverPeriods },
  ].filter(({ units, periodsLeft }) => units > 0n && periodsLeft > 0);
  return { steps, carry };
}

function spend(carried: readonly CarriedUnits[], wanted: bigint): { used: bigint; left: CarriedUnits[] } {
  let open = wanted;
  const left = carried
    .toSorted((a, b) => a.periodsLeft - b.periodsLeft)
    .map(({ units, periodsLeft }) => {
      const taken = least(units, open);
      open -= taken;
      return { units: units - taken, periodsLeft };
    });
  return { used: wanted - open, left };
}

function beyondSteps(pricing: MeterPricingOf<"package">, units: bigint): Step[] {
  if (units === 0n) return [];
  if (!pricing.beyond) return [{ kind: "unpriced", units, amount: FREE }];
  const { priceMinor, perUnits, whole } = pricing.beyond;
  const lot = perUnits * sizeOf(pricing);
  if (!whole) return [{ kind: "unit", units, priceMinor, perUnits, amount: fraction(units * priceMinor, lot) }];
  const lots = (units + lot - 1n) / lot;
  return [{ kind: "lots", lots, units, priceMinor, perUnits, amount: fraction(lots * priceMinor) }];
}
