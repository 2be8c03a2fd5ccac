import { z } from "zod";
import { PRICERS, UNITS } from "../constants";

/** Sums and units in a stored price are text: JSON has no whole numbers of that size. */
const MAX_TEXT = 999_999_999_999_999n;

/** Text of a whole number that is not negative; each fault has its own name. */
function whole(negative: string, lowest = 0n, tooLow = negative) {
  return z.codec(z.string(), z.bigint(), {
    decode: (text, payload) => {
      const fault = faultOf(text, negative, lowest, tooLow);
      if (fault === null) return BigInt(text);
      payload.issues.push({ code: "custom", message: fault, input: text });
      return z.NEVER;
    },
    encode: (value) => value.toString(),
  });
}

function faultOf(text: string, negative: string, lowest: bigint, tooLow: string): string | null {
  if (!/^-?\d{1,30}$/.test(text)) return "usage.number_malformed";
  const value = BigInt(text);
  if (value < 0n) return negative;
  if (value < lowest) return tooLow;
  return value > MAX_TEXT ? "usage.number_absurd" : null;
}

const Price = whole("usage.price_negative");
const Units = whole("usage.units_negative");
const SomeUnits = whole("usage.units_negative", 1n, "usage.units_zero");

const METER_CODE = /^[a-z][a-z0-9_]{0,39}$/;

const Meter = z.strictObject({
  /** What kind of usage it is: `call_local`, `sms`, `traffic`. A record names it. */
  meter: z.string().refine((code) => METER_CODE.test(code), { error: "usage.meter_malformed" }),
  nameRu: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().min(1).max(80),
  /** What prices, allowances and tiers below are counted in. */
  unit: z.enum(UNITS),
  /** Units of every period that cost nothing; what is left of them is lost. */
  freeUnits: Units.default(0n),
  /** The most that this meter costs in a period. */
  capMinor: Price.nullable().default(null),
});

const Tier = z.strictObject({
  /** The last unit of the tier; null = no end. The next tier begins right after it. */
  upToUnits: SomeUnits.nullable(),
  priceMinor: Price,
  /** Added once when the tier is reached. */
  flatMinor: Price.default(0n),
});
export type UsageTier = z.output<typeof Tier>;

/** Tiers tile from nought without gap or overlap: each ends above the one before, and only the last has no end. */
const Tiers = z
  .array(Tier)
  .min(1)
  .max(20)
  .superRefine((tiers, context) => {
    const complain = (index: number, message: string) =>
      context.addIssue({ code: "custom", path: [index, "upToUnits"], message });
    for (const [index, { upToUnits }] of tiers.entries()) {
      const previous = tiers[index - 1]?.upToUnits;
      const isLast = index === tiers.length - 1;
      if (!isLast && upToUnits === null) complain(index, "usage.tier_after_the_last");
      if (isLast && upToUnits !== null) complain(index, "usage.last_tier_ends");
      if (typeof upToUnits === "bigint" && typeof previous === "bigint" && upToUnits <= previous) {
        complain(index, "usage.tiers_overlap");
      }
    }
  });

/** So many kopecks for so many units: a hundredth of a kopeck for one is a kopeck for a hundred. */
const perUnits = { priceMinor: Price, perUnits: SomeUnits.default(1n) };

const [perUnit, tiered, volume, bundle, increments, percentage] = PRICERS;

const MeterPricing = z
  .discriminatedUnion("pricer", [
    Meter.extend({ pricer: z.literal(perUnit), ...perUnits }),
    Meter.extend({ pricer: z.literal(tiered), tiers: Tiers }),
    Meter.extend({ pricer: z.literal(volume), tiers: Tiers }),
    Meter.extend({
      pricer: z.literal(bundle),
      packageUnits: SomeUnits,
      packageMinor: Price,
      /** For how many further periods units that were not used stay; 0 = they are lost. */
      rolloverPeriods: z.int().min(0).max(12).default(0),
      /** Beyond the package: `whole` = every begun lot is paid in full. Null = nothing more is charged. */
      beyond: z
        .strictObject({ ...perUnits, whole: z.boolean().default(false) })
        .nullable()
        .default(null),
    }),
    Meter.extend({
      pricer: z.literal(increments),
      ...perUnits,
      /** Of every record that is charged, before its units. */
      connectMinor: Price.default(0n),
      /** In the unit's own measure (seconds of a minute): the first increment, then every further one, begun = whole. */
      firstIncrement: SomeUnits.default(1n),
      nextIncrement: SomeUnits.default(1n),
      /** A record that is not longer costs nothing. */
      graceUnits: Units.default(0n),
      rounding: z.enum(["record", "line"]).default("record"),
    }),
    Meter.extend({
      pricer: z.literal(percentage),
      /** Hundredths of a percent of the record's sum. */
      percentBp: z.int().min(0).max(100_00),
      fixedMinor: Price.default(0n),
      leastMinor: Price.nullable().default(null),
      mostMinor: Price.nullable().default(null),
    }),
  ])
  .superRefine((meter, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (meter.pricer === percentage) {
      if (meter.unit !== "ruble") complain("unit", "usage.percentage_of_no_money");
      if (meter.leastMinor !== null && meter.mostMinor !== null && meter.leastMinor > meter.mostMinor) {
        complain("mostMinor", "usage.most_below_least");
      }
    }
    if (meter.pricer === bundle && meter.freeUnits > 0n) complain("freeUnits", "usage.package_with_allowance");
  });
export type MeterPricing = z.output<typeof MeterPricing>;
export type MeterPricingOf<P extends MeterPricing["pricer"]> = Extract<MeterPricing, { pricer: P }>;

/**
 * What is charged for usage: one pricer for each meter, and a cap over all of them. In a price it is kept as text
 * (`usage_pricing`); read, sums and units are bigint. Sums hold VAT.
 */
export const UsagePricing = z.strictObject({
  meters: z
    .array(MeterPricing)
    .min(1)
    .max(20)
    .superRefine((meters, context) => {
      const seen = new Set<string>();
      for (const [index, { meter }] of meters.entries()) {
        if (seen.has(meter)) context.addIssue({ code: "custom", path: [index, "meter"], message: "usage.meter_twice" });
        seen.add(meter);
      }
    }),
  /** The most that the whole line costs in a period. */
  capMinor: Price.nullable().default(null),
});
export type UsagePricing = z.output<typeof UsagePricing>;
export type StoredUsagePricing = z.input<typeof UsagePricing>;

/** The form a price keeps: every default written out, so that a price says all it means. */
export function storedPricing(pricing: UsagePricing): StoredUsagePricing {
  return z.encode(UsagePricing, pricing);
}
