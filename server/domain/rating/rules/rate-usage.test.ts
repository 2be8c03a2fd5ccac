import { describe, expect, test } from "vitest";
import { UsagePricing } from "@/server/domain/catalog";
import { rateUsage, type UsageCarry } from "./rate-usage";

type Meter = Record<string, unknown>;
const named = { nameRu: "Звонки", nameEn: "Calls" };
const meterOf = (meter: Meter) => ({ meter: "m", ...named, unit: "piece", ...meter });
const pricingOf = (meter: Meter, capMinor: string | null = null) =>
  UsagePricing.parse({ meters: [meterOf(meter)], capMinor });

/** Prices of the table, kopecks. */
const perMinute = { pricer: "per_unit", unit: "minute", priceMinor: "150" };
const perMegabyte = { pricer: "per_unit", unit: "megabyte", priceMinor: "10" };
const perPiece = { pricer: "per_unit", priceMinor: "200" };
const tenth = { pricer: "per_unit", priceMinor: "1", perUnits: "10" };
const tiers = [
  { upToUnits: "100", priceMinor: "100" },
  { upToUnits: "500", priceMinor: "80" },
  { upToUnits: null, priceMinor: "50" },
];
const tiered = { pricer: "tiered", tiers };
const tieredFlat = {
  pricer: "tiered",
  tiers: [
    { upToUnits: "10", priceMinor: "0", flatMinor: "1000" },
    { upToUnits: null, priceMinor: "30", flatMinor: "500" },
  ],
};
const volume = { pricer: "volume", tiers };
const volumeFlat = {
  pricer: "volume",
  tiers: [
    { upToUnits: "10", priceMinor: "100", flatMinor: "700" },
    { upToUnits: null, priceMinor: "90" },
  ],
};
const bundle = { pricer: "package", unit: "minute", packageUnits: "100", packageMinor: "20000" };
const bundleOver = { ...bundle, beyond: { priceMinor: "250" } };
const bundleLots = { ...bundle, beyond: { priceMinor: "3000", perUnits: "50", whole: true } };
const bundleRoll = { ...bundleOver, rolloverPeriods: 1 };
const bundleRollTwo = { ...bundleOver, rolloverPeriods: 2 };
const byMinute = {
  pricer: "increments",
  unit: "minute",
  priceMinor: "180",
  firstIncrement: "60",
  nextIncrement: "60",
};
const bySecond = { ...byMinute, nextIncrement: "1" };
const connected = { ...byMinute, connectMinor: "100" };
const graceful = { ...connected, graceUnits: "3" };
const thirds = { pricer: "increments", unit: "minute", priceMinor: "10" };
const percent = { pricer: "percentage", unit: "ruble", percentBp: 250 };
const percentFixed = { ...percent, fixedMinor: "500" };
const percentLimits = { ...percent, leastMinor: "1000", mostMinor: "5000" };

const minutes = (...counts: number[]) => counts.map((count) => count * 60);

/** name · meter · units of each record, in the measure · kopecks. The arithmetic stands beside each. */
const GOLDEN: readonly (readonly [string, Meter, readonly number[], bigint])[] = [
  // Per unit
  ["nothing used costs nothing", perMinute, [], 0n], // no records
  ["two minutes", perMinute, [120], 300n], // 2 × 150
  ["a minute and a half, to the second", perMinute, [90], 225n], // 90 ÷ 60 × 150
  ["twenty seconds", perMinute, [20], 50n], // 20 ÷ 60 × 150
  ["a second, half-up", perMinute, [1], 3n], // 1 ÷ 60 × 150 = 2.5 → 3
  ["two seconds are rounded together, not each", perMinute, [1, 1], 5n], // 2 ÷ 60 × 150 = 5, not 3 + 3
  ["three messages", perPiece, [1, 1, 1], 600n], // 3 × 200
  ["1.5 megabytes", perMegabyte, [1_572_864], 15n], // 1,572,864 ÷ 1,048,576 × 10
  ["a kopeck for ten, of five: a half goes up", tenth, [5], 1n], // 5 × 1 ÷ 10 = 0.5 → 1
  ["a kopeck for ten, of four", tenth, [4], 0n], // 0.4 → 0
  ["free minutes not used up", { ...perMinute, freeUnits: "10" }, minutes(4, 5), 0n], // 9 of 10 free
  ["free minutes to the last", { ...perMinute, freeUnits: "10" }, minutes(4, 6), 0n], // 10 of 10
  ["a second beyond the free minutes", { ...perMinute, freeUnits: "10" }, [...minutes(10), 1], 3n], // 1 ÷ 60 × 150 = 2.5 → 3
  ["a cap that is not reached", { ...perMinute, capMinor: "1000" }, minutes(6), 900n], // 6 × 150 < 1000
  ["a cap that is", { ...perMinute, capMinor: "1000" }, minutes(7), 1000n], // 7 × 150 = 1050 → 1000
  ["a cap of nought", { ...perMinute, capMinor: "0" }, minutes(7), 0n],
  // Tiers
  ["inside the first tier", tiered, [40], 4000n], // 40 × 100
  ["the first tier to its last unit", tiered, [100], 10_000n], // 100 × 100
  ["one unit into the second", tiered, [101], 10_080n], // 100 × 100 + 1 × 80
  ["the second to its last", tiered, [500], 42_000n], // 10,000 + 400 × 80
  ["into the third", tiered, [300, 310], 47_500n], // 10,000 + 32,000 + 110 × 50
  ["tiers count from beyond the free units", { ...tiered, freeUnits: "50" }, [151], 10_080n], // 101: 100 × 100 + 1 × 80
  ["reached tiers add their flat sums", tieredFlat, [15], 1650n], // 1000 + 500 + 5 × 30
  ["the first tier's flat sum alone", tieredFlat, [1], 1000n],
  ["no use, no flat sum", tieredFlat, [], 0n],
  // Volume
  ["all at the first price", volume, [100], 10_000n], // 100 × 100
  ["one more makes all cheaper", volume, [101], 8080n], // 101 × 80
  ["all at the last price", volume, [501], 25_050n], // 501 × 50
  ["the reached tier's flat sum", volumeFlat, [4], 1100n], // 4 × 100 + 700
  ["another tier, no flat sum", volumeFlat, [11], 990n], // 11 × 90
  ["volume of what is beyond the free units", { ...volume, freeUnits: "1" }, [101], 10_000n], // 100 × 100
  // Packages
  ["a package not used is paid", bundle, [], 20_000n],
  ["a package used up", bundle, minutes(60, 40), 20_000n],
  ["nothing more is charged beyond it", bundle, minutes(170), 20_000n],
  ["beyond it by the minute", bundleOver, minutes(100, 30), 27_500n], // 20,000 + 30 × 250
  ["beyond it to the second", bundleOver, [6001], 20_004n], // 1 ÷ 60 × 250 = 4.17
  ["one second begins another lot", bundleLots, [6001], 23_000n], // 20,000 + 1 × 3000
  ["fifty minutes are one lot", bundleLots, minutes(150), 23_000n],
  ["fifty and a second are two", bundleLots, [9001], 26_000n], // 20,000 + 2 × 3000
  // Connection and increments
  ["a second is a minute", byMinute, [1], 180n],
  ["a minute and a second are two", byMinute, [61], 360n], // 2 × 180
  ["each call is rounded up by itself", byMinute, [61, 61], 720n], // 4 × 180
  ["60 + 1: a minute and a second", bySecond, [61], 183n], // 61 ÷ 60 × 180
  ["60 + 1: half a minute is a whole one", bySecond, [30], 180n],
  ["a connection and a minute, twice", connected, [60, 10], 560n], // 2 × (100 + 180)
  ["a call within the grace is not charged at all", graceful, [3], 0n],
  ["a call just beyond the grace is charged from its first second", graceful, [4], 280n], // 100 + 180
  ["a call of nothing is no call", connected, [0], 0n],
  ["each call to a kopeck", thirds, [2, 2, 2], 0n], // 3 × round(2 ÷ 60 × 10 = 0.33) = 0
  ["or all of them together", { ...thirds, rounding: "line" }, [2, 2, 2], 1n], // 6 ÷ 60 × 10 = 1
  ["each call half-up", thirds, [3, 3, 3], 3n], // 3 × round(0.5)
  ["free minutes pay for increments, not for the connection", { ...connected, freeUnits: "2" }, [61, 5], 380n], // 100 + 0, 100 + 180
  ["free minutes end inside a call", { ...connected, freeUnits: "1" }, [61], 280n], // 100 + (2 − 1) × 180
  // Percentage
  ["two and a half percent", percent, [100_000], 2500n], // 1000 ₽ × 2.5 %
  ["parts of a kopeck are rounded once", percent, [10, 10], 1n], // 20 × 2.5 % = 0.5 → 1
  ["a fixed part of each", percentFixed, [100_000, 20_000], 4000n], // 2500 + 500 + 500 + 500
  ["not less than the least", percentLimits, [10_000], 1000n], // 250 → 1000
  ["not more than the most", percentLimits, [1_000_000], 5000n], // 25,000 → 5000
  ["limits are of each record", percentLimits, [10_000, 1_000_000], 6000n],
  ["the first hundred rubles are free", { ...percentFixed, freeUnits: "100" }, [10_000, 20_000], 1000n], // 0; 500 + 500
  ["a record that the allowance pays for in part", { ...percent, freeUnits: "100" }, [30_000], 500n], // 20,000 × 2.5 %
];

describe("what usage costs", () => {
  test.each(GOLDEN)("%s", (_name, meter, units, amountMinor) => {
    const rated = rateUsage({ pricing: pricingOf(meter), usage: [{ meter: "m", units: units.map(BigInt) }] });
    expect(rated.amountMinor).toBe(amountMinor);
  });
  test("there are enough cases", () => expect(GOLDEN.length).toBeGreaterThanOrEqual(40));
});

describe("a package with rollover", () => {
  const months = (meter: Meter, used: readonly number[]) => {
    let carried: UsageCarry = {};
    return used.map((count) => {
      const usage = [{ meter: "m", units: minutes(count).map(BigInt) }];
      const rated = rateUsage({ pricing: pricingOf(meter), usage, carried });
      carried = rated.carry;
      return rated;
    });
  };

  test.each([
    // 100 used of 100, then 130 with nothing left over: 30 × 250 beyond.
    ["nothing is left of a package used up", bundleRoll, [100, 130], [20_000n, 27_500n]],
    // 60 of 100: 40 stay; 130 = 40 + 90 of the new package.
    ["what is left is used first", bundleRoll, [60, 130], [20_000n, 20_000n]],
    // 60: 40 stay; 150 = 40 + 100 + 10 × 250.
    ["and is not enough", bundleRoll, [60, 150], [20_000n, 22_500n]],
    // The first month's 100 are lost after the second, when 100 of the second stay: 220 = 100 + 100 + 20 × 250.
    ["it stays for one month alone", bundleRoll, [0, 0, 220], [20_000n, 20_000n, 25_000n]],
    // 100 + 100 stay for two months: 320 = 100 + 100 + 100 + 20 × 250.
    ["or for two", bundleRollTwo, [0, 0, 320], [20_000n, 20_000n, 25_000n]],
    // 30 of the first month's 100 are used in the second, the other 70 in the third before they are lost; 100 of the
    // second come after them: 280 = 70 + 100 + 100 + 10 × 250.
    ["the soonest lost goes first", bundleRollTwo, [0, 30, 280], [20_000n, 20_000n, 22_500n]],
    // Without rollover the 100 are lost at once: 130 = 100 + 30 × 250.
    ["without rollover it is lost", bundleOver, [0, 130], [20_000n, 27_500n]],
  ] as const)("%s", (_name, meter, used, amounts) => {
    expect(months(meter, used).map((rated) => rated.amountMinor)).toEqual(amounts);
  });

  test("what stays is told, in the measure, and for how long", () => {
    const [first, second] = months(bundleRollTwo, [60, 20]);
    expect(first?.carry).toEqual({ m: [{ units: "2400", periodsLeft: 2 }] }); // 40 min
    // 20 of the 40 are used; 20 stay for one more month, this month's 100 for two.
    expect(second?.carry).toEqual({
      m: [
        { units: "1200", periodsLeft: 1 },
        { units: "6000", periodsLeft: 2 },
      ],
    });
    expect(second?.detail.carry).toEqual(second?.carry);
  });
});

describe("a part of a period, more than one, and several meters", () => {
  const used = (count: number) => [{ meter: "m", units: minutes(count).map(BigInt) }];

  test("half a month has half the package for half the fee", () => {
    const pricing = pricingOf(bundleOver);
    const share = { days: 15, ofDays: 30 };
    // 50 min for 100 ₽, 10 beyond × 2.50.
    expect(rateUsage({ pricing, usage: used(60), share }).amountMinor).toBe(12_500n);
  });

  test("three of a subscription have three packages and one price beyond them", () => {
    // 3 × 200 ₽, 300 min, 10 × 2.50.
    expect(rateUsage({ pricing: pricingOf(bundleOver), usage: used(310), quantity: 3 }).amountMinor).toBe(62_500n);
  });

  const both = (capMinor: string | null) =>
    UsagePricing.parse({
      meters: [
        { ...meterOf(perMinute), meter: "call" },
        { ...meterOf(tenth), meter: "sms", nameRu: "СМС", nameEn: "SMS" },
      ],
      capMinor,
    });
  const usage = [
    { meter: "sms", units: [5n] },
    { meter: "call", units: [20n] },
  ];

  test("meters are priced apart and rounded together", () => {
    // 20 ÷ 60 × 150 = 50, 5 ÷ 10 = 0.5: 50.5 → 51.
    const { amountMinor, detail } = rateUsage({ pricing: both(null), usage });
    expect(amountMinor).toBe(51n);
    expect(detail.exact).toBe("50.5");
    expect(detail.meters.map(({ meter, amount }) => [meter, amount])).toEqual([
      ["call", "50"],
      ["sms", "0.5"],
    ]);
  });

  test("the line's cap is over all of them", () => {
    const { amountMinor, detail } = rateUsage({ pricing: both("40"), usage });
    expect(amountMinor).toBe(40n);
    expect(detail.cap).toEqual({ capMinor: "40", amount: "-10.5" });
  });

  test("a meter without a price is refused, not given away", () => {
    const stray = [{ meter: "roaming", units: [1n] }];
    expect(() => rateUsage({ pricing: both(null), usage: stray })).toThrow("usage.meter_not_priced");
  });
});

test("the explanation says every step of what a line costs", () => {
  const pricing = pricingOf({ ...connected, freeUnits: "1", graceUnits: "3", capMinor: "500" });
  const usage = [{ meter: "m", units: [2n, 61n, 130n] }];
  // 2 s: grace. 61 s: 2 min, 1 of them free. 130 s: 3 min. 2 × 100 + 4 × 180 = 920 → 500.
  expect(rateUsage({ pricing, usage }).detail).toEqual({
    meters: [
      {
        meter: "m",
        ...named,
        unit: "minute",
        records: 3,
        units: "193",
        amount: "500",
        steps: [
          { kind: "grace", records: 1, units: "2", amount: "0" },
          { kind: "allowance", units: "60", amount: "0" },
          { kind: "connect", records: 2, priceMinor: "100", amount: "200" },
          {
            kind: "increments",
            records: 2,
            units: "240",
            measuredUnits: "191",
            priceMinor: "180",
            perUnits: "1",
            amount: "720",
          },
          { kind: "cap", priceMinor: "500", amount: "-420" },
        ],
      },
    ],
    exact: "500",
  });
});
