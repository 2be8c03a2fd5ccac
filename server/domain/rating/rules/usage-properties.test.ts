import fc from "fast-check";
import { expect, test } from "vitest";
import { type MeterPricing, type MeterPricingOf, UsagePricing } from "@/server/domain/catalog";
import { fraction, minus, rounded, totalOf } from "./fraction";
import { amountOf, priceMeter, rateUsage } from "./rate-usage";
import { type Metered, sizeOf } from "./usage-steps";

const price = fc.bigInt({ min: 0n, max: 100_000n }).map(String);
const count = fc.bigInt({ min: 1n, max: 500n }).map(String);
const some = fc.bigInt({ min: 0n, max: 500n }).map(String);
const named = { meter: fc.constant("m"), nameRu: fc.constant("м"), nameEn: fc.constant("m") };
const anyUnit = fc.constantFrom("second", "minute", "megabyte", "piece");

/** Ends of tiers grow; the last has none. */
const tiers = fc.array(fc.tuple(count, price, price), { minLength: 1, maxLength: 6 }).map((drawn) => {
  let end = 0n;
  return drawn.map(([width, priceMinor, flatMinor], index) => {
    end += BigInt(width);
    return { upToUnits: index === drawn.length - 1 ? null : String(end), priceMinor, flatMinor };
  });
});

const shared = { ...named, unit: anyUnit, freeUnits: some, capMinor: fc.option(price) };
const shapes = {
  per_unit: fc.record({ ...shared, pricer: fc.constant("per_unit"), priceMinor: price, perUnits: count }),
  tiered: fc.record({ ...shared, pricer: fc.constant("tiered"), tiers }),
  volume: fc.record({ ...shared, pricer: fc.constant("volume"), tiers }),
  package: fc.record({
    ...shared,
    freeUnits: fc.constant("0"),
    pricer: fc.constant("package"),
    packageUnits: count,
    packageMinor: price,
    rolloverPeriods: fc.integer({ min: 0, max: 3 }),
    beyond: fc.option(fc.record({ priceMinor: price, perUnits: count, whole: fc.boolean() })),
  }),
  increments: fc.record({
    ...shared,
    pricer: fc.constant("increments"),
    priceMinor: price,
    perUnits: count,
    connectMinor: price,
    firstIncrement: count,
    nextIncrement: count,
    graceUnits: some,
    rounding: fc.constantFrom("record", "line"),
  }),
  percentage: fc.record({
    ...shared,
    unit: fc.constant("ruble"),
    pricer: fc.constant("percentage"),
    percentBp: fc.integer({ min: 0, max: 100_00 }),
    fixedMinor: price,
  }),
};
const read = (meter: unknown): MeterPricing => UsagePricing.parse({ meters: [meter] }).meters[0] as MeterPricing;
const of = <P extends keyof typeof shapes>(pricer: P) =>
  (shapes[pricer] as fc.Arbitrary<unknown>).map((meter) => read(meter) as MeterPricingOf<P>);
const anyMeter = fc.oneof(...(Object.keys(shapes) as (keyof typeof shapes)[]).map((pricer) => of(pricer)));

const record = fc.bigInt({ min: 0n, max: 200_000n });
const records = fc.array(record, { maxLength: 30 });
const metered = (units: readonly bigint[], more: Partial<Metered> = {}): Metered => ({
  units,
  carried: [],
  share: fraction(1n),
  quantity: 1,
  ...more,
});
const costOf = (meter: MeterPricing, units: readonly bigint[], more?: Partial<Metered>) =>
  amountOf(priceMeter(meter, metered(units, more)));
const rate = (meter: MeterPricing, units: readonly bigint[]) =>
  rateUsage({ pricing: { meters: [meter], capMinor: null }, usage: [{ meter: "m", units }] });

test("nothing is ever paid to the subscriber, and no step hides anything: they add up to the line", () => {
  fc.assert(
    fc.property(anyMeter, records, (meter, units) => {
      const { steps } = priceMeter(meter, metered(units));
      const line = rate(meter, units);
      expect(line.amountMinor).toBeGreaterThanOrEqual(0n);
      expect(rounded(totalOf(steps.map(({ amount }) => amount)))).toBe(line.amountMinor);
    }),
  );
});

test("using more never costs less, except by volume, where that is the point", () => {
  const monotone = fc.oneof(of("per_unit"), of("tiered"), of("package"), of("increments"), of("percentage"));
  fc.assert(
    fc.property(monotone, records, record, (meter, units, one) => {
      expect(minus(costOf(meter, [...units, one]), costOf(meter, units)).over).toBeGreaterThanOrEqual(0n);
    }),
  );
});

test("tiers tile: what is used is in them whole, each begins where the one before ends", () => {
  fc.assert(
    fc.property(of("tiered"), records, (meter, units) => {
      const { steps } = priceMeter({ ...meter, freeUnits: 0n }, metered(units));
      const inTiers = steps.flatMap((step) => (step.kind === "tier" ? [step] : []));
      let reached = 0n;
      for (const step of inTiers) {
        expect(step.fromUnits).toBe(reached);
        reached += step.units;
        if (step.upToUnits !== null) expect(reached).toBeLessThanOrEqual(step.upToUnits);
      }
      expect(reached).toBe(units.reduce((total, one) => total + one, 0n));
    }),
  );
});

test("parts add up to the whole: so much a unit, and the tiers from where the last part ended", () => {
  fc.assert(
    fc.property(of("per_unit"), records, records, (priced, first, second) => {
      const meter = { ...priced, freeUnits: 0n, capMinor: null };
      const parts = totalOf([costOf(meter, first), costOf(meter, second)]);
      expect(minus(costOf(meter, [...first, ...second]), parts).over).toBe(0n);
    }),
  );
  fc.assert(
    fc.property(of("tiered"), fc.bigInt({ min: 1n, max: 2000n }), (priced, whole) => {
      const tiersOf = priced.tiers.map((tier) => ({ ...tier, flatMinor: 0n }));
      const meter = { ...priced, tiers: tiersOf, freeUnits: 0n, capMinor: null };
      const size = sizeOf(meter);
      const one = (index: bigint) =>
        tiersOf.find(({ upToUnits }) => upToUnits === null || index <= upToUnits)?.priceMinor ?? 0n;
      let total = 0n;
      for (let index = 1n; index <= whole; index += 1n) total += one(index);
      expect(rounded(costOf(meter, [whole * size]))).toBe(total);
    }),
  );
});

test("an allowance or a package is never used beyond what it holds, and never below nought", () => {
  const share = fc
    .tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 0, max: 31 }))
    .map(([days, more]) => fraction(BigInt(days), BigInt(days + more)));
  const carried = fc.array(
    fc.record({ units: fc.bigInt({ min: 1n, max: 50_000n }), periodsLeft: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(anyMeter, records, share, carried, (meter, units, part, left) => {
      const { steps, carry } = priceMeter(meter, metered(units, { share: part, carried: left }));
      const total = units.reduce((sum, one) => sum + one, 0n);
      for (const step of steps) {
        if ("units" in step) expect(step.units).toBeGreaterThanOrEqual(0n);
        if (step.kind === "allowance") expect(step.units).toBeLessThanOrEqual(meter.freeUnits * sizeOf(meter));
        if (step.kind === "package") expect(step.units).toBeLessThanOrEqual(step.ofUnits);
      }
      if (meter.pricer !== "package") {
        expect(carry).toEqual([]);
        return;
      }
      const sumOf = (kinds: readonly string[]) =>
        steps.reduce((sum, step) => ("units" in step && kinds.includes(step.kind) ? sum + step.units : sum), 0n);
      expect(sumOf(["rollover", "package", "unit", "lots", "unpriced"])).toBe(total);
      for (const { units: kept, periodsLeft } of carry) {
        expect(kept).toBeGreaterThan(0n);
        expect(periodsLeft).toBeGreaterThan(0);
        expect(periodsLeft).toBeLessThanOrEqual(Math.max(meter.rolloverPeriods, 2));
      }
    }),
  );
});

test("the order of records does not matter where each is not rounded by itself under an allowance", () => {
  const withOrder = fc.tuple(anyMeter, records).chain(([meter, units]) =>
    fc.record({
      meter: fc.constant(meter),
      units: fc.constant(units),
      shuffled: fc.shuffledSubarray(units, { minLength: units.length, maxLength: units.length }),
    }),
  );
  fc.assert(
    fc.property(withOrder, ({ meter, units, shuffled }) => {
      const alone =
        meter.pricer === "increments" || meter.pricer === "percentage" ? { ...meter, freeUnits: 0n } : meter;
      expect(rate(alone, shuffled)).toEqual(rate(alone, units));
    }),
  );
});

test("a cap is never crossed", () => {
  fc.assert(
    fc.property(anyMeter, records, fc.bigInt({ min: 0n, max: 10_000n }), (meter, units, capMinor) => {
      expect(rate({ ...meter, capMinor }, units).amountMinor).toBeLessThanOrEqual(capMinor);
      const line = rateUsage({ pricing: { meters: [meter], capMinor }, usage: [{ meter: "m", units }] });
      expect(line.amountMinor).toBeLessThanOrEqual(capMinor);
    }),
  );
});
