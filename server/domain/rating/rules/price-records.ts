import type { MeterPricingOf } from "@/server/domain/catalog";
import { type Fraction, fraction, isAbove, minus, plus, rounded, ZERO } from "./fraction";
import { allowanceStep, FREE, least, type MeterCost, type Metered, promised, type Step, sizeOf } from "./usage-steps";

/**
 * Connection and begun increments, record by record: a call of 61 seconds by 60 + 1 is 61, by the minute it is 120. The
 * allowance is used up by the earliest records and pays for their units, not for the connection. With `rounding: record`
 * every record is a whole number of kopecks, half-up, as it stands in the list of calls.
 */
export function priceIncrements(pricing: MeterPricingOf<"increments">, metered: Metered): MeterCost {
  const { priceMinor, perUnits, connectMinor, graceUnits } = pricing;
  const under = sizeOf(pricing) * perUnits;
  const allowance = promised(pricing.freeUnits, pricing, metered);
  const grace = { records: 0, units: 0n };
  const charged = { records: 0, units: 0n, measured: 0n, roundedMinor: 0n };
  let left = allowance;
  for (const measured of metered.units) {
    if (measured <= graceUnits) {
      grace.records += 1;
      grace.units += measured;
      continue;
    }
    const billed = incremented(measured, pricing);
    const free = least(billed, left);
    left -= free;
    const units = billed - free;
    charged.records += 1;
    charged.measured += measured;
    charged.units += units;
    charged.roundedMinor += rounded(fraction(connectMinor * under + units * priceMinor, under));
  }
  const { records, units, measured: measuredUnits, roundedMinor } = charged;
  const connect = fraction(connectMinor * BigInt(records));
  const amount = fraction(units * priceMinor, under);
  const rounding = pricing.rounding === "line" ? FREE : minus(fraction(roundedMinor), plus(connect, amount));
  const steps: Step[] = [
    ...(grace.units > 0n || grace.records > 0 ? [{ kind: "grace" as const, ...grace, amount: FREE }] : []),
    ...allowanceStep(allowance - left),
    ...(connectMinor > 0n && records > 0
      ? [{ kind: "connect" as const, records, priceMinor: connectMinor, amount: connect }]
      : []),
    ...(records > 0
      ? [{ kind: "increments" as const, records, units, measuredUnits, priceMinor, perUnits, amount }]
      : []),
    ...(rounding.over === 0n ? [] : [{ kind: "rounding" as const, amount: rounding }]),
  ];
  return { steps, carry: [] };
}

function incremented(
  units: bigint,
  { firstIncrement, nextIncrement }: Pick<MeterPricingOf<"increments">, "firstIncrement" | "nextIncrement">,
): bigint {
  if (units <= firstIncrement) return firstIncrement;
  return firstIncrement + ((units - firstIncrement + nextIncrement - 1n) / nextIncrement) * nextIncrement;
}

/**
 * A share of each record's sum and a fixed part, within the limits of a record. The allowance is rubles of the earliest
 * records; one that it pays for whole, or that is of nothing, costs nothing.
 */
export function pricePercentage(pricing: MeterPricingOf<"percentage">, metered: Metered): MeterCost {
  const { percentBp, fixedMinor, leastMinor, mostMinor } = pricing;
  const allowance = promised(pricing.freeUnits, pricing, metered);
  let left = allowance;
  let units = 0n;
  let records = 0;
  let limits: Fraction = ZERO;
  for (const sumMinor of metered.units) {
    const free = least(sumMinor, left);
    left -= free;
    if (sumMinor === free) continue;
    records += 1;
    units += sumMinor - free;
    const cost = fraction((sumMinor - free) * BigInt(percentBp) + fixedMinor * 100_00n, 100_00n);
    limits = plus(limits, minus(within(cost, leastMinor, mostMinor), cost));
  }
  const steps: Step[] = [
    ...allowanceStep(allowance - left),
    ...(records > 0
      ? [{ kind: "percent" as const, percentBp, units, amount: fraction(units * BigInt(percentBp), 100_00n) }]
      : []),
    ...(fixedMinor > 0n && records > 0
      ? [
          {
            kind: "fixed" as const,
            records,
            priceMinor: fixedMinor,
            amount: fraction(fixedMinor * BigInt(records)),
          },
        ]
      : []),
    ...(limits.over === 0n ? [] : [{ kind: "record_limits" as const, amount: limits }]),
  ];
  return { steps, carry: [] };
}

function within(cost: Fraction, leastMinor: bigint | null, mostMinor: bigint | null): Fraction {
  if (leastMinor !== null && isAbove(fraction(leastMinor), cost)) return fraction(leastMinor);
  if (mostMinor !== null && isAbove(cost, fraction(mostMinor))) return fraction(mostMinor);
  return cost;
}
