import type { MeterPricingOf, UsageTier } from "@/server/domain/catalog";
import { fraction } from "./fraction";
import { least, type MeterCost, type Metered, type Step, sizeOf, sum, takeAllowance } from "./usage-steps";

/** So much a unit, of everything beyond the allowance. */
export function pricePerUnit(pricing: MeterPricingOf<"per_unit">, metered: Metered): MeterCost {
  const total = sum(metered.units);
  const { free, steps } = takeAllowance(total, pricing, metered);
  const units = total - free;
  const { priceMinor, perUnits } = pricing;
  if (units > 0n) {
    const amount = fraction(units * priceMinor, sizeOf(pricing) * perUnits);
    steps.push({ kind: "unit", units, priceMinor, perUnits, amount });
  }
  return { steps, carry: [] };
}

/** Every unit at the price of the tier it falls in, counted from nought beyond the allowance. */
export function priceTiered(pricing: MeterPricingOf<"tiered">, metered: Metered): MeterCost {
  const total = sum(metered.units);
  const { free, steps } = takeAllowance(total, pricing, metered);
  const size = sizeOf(pricing);
  let fromUnits = 0n;
  for (const tier of pricing.tiers) {
    const units = (tier.upToUnits === null ? total - free : least(total - free, tier.upToUnits * size)) - fromUnits;
    if (units <= 0n) break;
    steps.push(...tierSteps("tier", tier, fromUnits, units, size));
    fromUnits += units;
  }
  return { steps, carry: [] };
}

/** All units at the price of the tier that their number reaches. */
export function priceVolume(pricing: MeterPricingOf<"volume">, metered: Metered): MeterCost {
  const total = sum(metered.units);
  const { free, steps } = takeAllowance(total, pricing, metered);
  const units = total - free;
  const size = sizeOf(pricing);
  const reached = pricing.tiers.findIndex(({ upToUnits }) => upToUnits === null || units <= upToUnits * size);
  const tier = pricing.tiers[reached];
  if (units > 0n && tier) {
    const fromUnits = (pricing.tiers[reached - 1]?.upToUnits ?? 0n) * size;
    steps.push(...tierSteps("volume", tier, fromUnits, units, size));
  }
  return { steps, carry: [] };
}

function tierSteps(kind: "tier" | "volume", tier: UsageTier, fromUnits: bigint, units: bigint, size: bigint): Step[] {
  const { upToUnits, priceMinor, flatMinor } = tier;
  const flat: Step[] =
    flatMinor === 0n ? [] : [{ kind: "flat", fromUnits, priceMinor: flatMinor, amount: fraction(flatMinor) }];
  const amount = fraction(units * priceMinor, size);
  return [{ kind, fromUnits, upToUnits: upToUnits && upToUnits * size, units, priceMinor, amount }, ...flat];
}
