import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Catalog, type StoredUsagePricing, UsagePricing } from "@/server/domain/catalog";
import type { PresentTerm } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { afterUsage, type SubscriptionUsage, usageLines } from "./usage-lines";
import { usageSpans } from "./usage-periods";

const day = (text: string) => text as Day;
const ZONE = "Europe/Moscow";
const MONTHS = ["2026-02-01", "2026-03-01", "2026-04-01"].map(day);
const TODAY = day("2026-05-01");

type Meter = StoredUsagePricing["meters"][number];
const named = { meter: "call", nameRu: "Звонки", nameEn: "Calls", unit: "piece" } as const;
const meters: readonly Meter[] = [
  { ...named, pricer: "per_unit", priceMinor: "7", perUnits: "3", freeUnits: "5" },
  {
    ...named,
    pricer: "tiered",
    tiers: [
      { upToUnits: "10", priceMinor: "100", flatMinor: "50" },
      { upToUnits: null, priceMinor: "30" },
    ],
  },
  {
    ...named,
    pricer: "volume",
    tiers: [
      { upToUnits: "10", priceMinor: "100" },
      { upToUnits: null, priceMinor: "30" },
    ],
  },
  {
    ...named,
    pricer: "package",
    packageUnits: "20",
    packageMinor: "1000",
    rolloverPeriods: 2,
    beyond: { priceMinor: "99" },
  },
  { ...named, pricer: "increments", priceMinor: "11", nextIncrement: "4", connectMinor: "3", capMinor: "500" },
];

function catalogOf(meter: Meter): Catalog {
  const price = {
    tariffId: "t",
    version: 1,
    newFrom: day("2020-01-01"),
    existingFrom: null,
    feeMinor: 0n,
    chargeMethod: "usage",
    moneyGate: "always",
    prorationStart: "actual_days",
    prorationChange: "actual_days",
    prorationStop: "actual_days",
    dayRule: "connection_in",
    periodMonths: 1,
    maxCharges: null,
    phases: [],
    usagePricing: UsagePricing.parse({ meters: [meter] }),
  };
  const tariff = { id: "t", code: "t", vatCode: "standard", revenueCode: "revenue:phone", prices: [price] };
  return {
    tariffs: new Map([["t", tariff]]),
    bundles: [],
    vatRates: [{ code: "standard", validFrom: day("2026-01-01"), percent: 22 }],
  } as unknown as Catalog;
}

const present: PresentTerm = {
  term: 0,
  tariffId: "t",
  startedOn: MONTHS[0] as Day,
  termFrom: null,
  endedOn: null,
};
const life = {
  accountId: "a",
  subscriptionId: "s",
  anchorDay: 1,
  quantity: 1,
  closedOn: null,
  present,
  changes: [],
  terms: [],
};

/** One record: its month, its units, and on which of four looks it is known. */
const record = fc.record({
  month: fc.integer({ min: 0, max: 2 }),
  units: fc.bigInt({ min: 0n, max: 40n }),
  look: fc.integer({ min: 0, max: 3 }),
});
type Told = { readonly month: number; readonly units: bigint; readonly look: number };

/** What charging says look by look, each written before the next. */
function live(meter: Meter, records: readonly Told[]): SubscriptionUsage {
  const catalog = catalogOf(meter);
  let usage: SubscriptionUsage = { life, firstNew: MONTHS[0] as Day, used: [], lines: [] };
  for (let look = 0; look <= 3; look += 1) {
    const used = MONTHS.map((from, month) => {
      const known = records.filter((one) => one.month === month && one.look <= look);
      return {
        from,
        meters: [{ meter: "call", units: known.map(({ units }) => units) }],
        hasNew: known.some((one) => one.look === look),
      };
    }).filter(({ meters: [one] }) => (one?.units.length ?? 0) > 0);
    const answer = usageLines({ usage: [{ ...usage, used }], blocks: [], catalog, today: TODAY, zone: ZONE });
    [usage = usage] = afterUsage([{ ...usage, used }], answer.lines, answer.credits);
    const again = usageLines({ usage: [usage], blocks: [], catalog, today: TODAY, zone: ZONE });
    expect(again).toEqual({ lines: [], credits: [] });
  }
  return usage;
}
const netOf = ({ lines }: SubscriptionUsage, of: Day) => {
  const own = lines.filter((line) => line.periodStart === of);
  return {
    amountMinor: own.reduce((sum, line) => sum + line.amountMinor - line.creditedMinor, 0n),
    vatMinor: own.reduce((sum, line) => sum + line.vatMinor - line.creditedVatMinor, 0n),
  };
};

test("however usage is cut into parts that come late, every month ends at what it costs whole, and so does its VAT", () => {
  fc.assert(
    fc.property(fc.constantFrom(...meters), fc.array(record, { maxLength: 12 }), (meter, records) => {
      const parts = live(meter, records);
      const whole = live(
        meter,
        records.map((one) => ({ ...one, look: 0 })),
      );
      for (const month of MONTHS) expect(netOf(parts, month)).toEqual(netOf(whole, month));
      for (const line of parts.lines) {
        expect(line.creditedMinor).toBeLessThanOrEqual(line.amountMinor);
        expect(line.creditedVatMinor).toBeLessThanOrEqual(line.vatMinor);
        expect(line.vatMinor).toBeLessThanOrEqual(line.amountMinor);
      }
      const keys = parts.lines.map(({ periodStart, kind }) => `${periodStart} ${kind}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test("a credit's VAT is that of the whole difference, though one line carries it", () => {
  // 3 × 1.00, then 7 × 1.00 more, then the eleventh makes all of them 0.30: 3.30, VAT 3.30 × 22 / 122 = 0.595
  const volume = meters.find((meter) => meter.pricer === "volume");
  if (!volume) throw new Error("no volume meter");
  const told = [3n, 7n, 1n].map((units, look) => ({ month: 0, units, look }));
  expect(netOf(live(volume, told), MONTHS[0] as Day)).toEqual({ amountMinor: 330n, vatMinor: 60n });
});

test("what is given back comes from the newest line first, and from the one before when that is not enough", () => {
  const told = [
    { month: 0, units: 5n, look: 0 },
    { month: 0, units: 5n, look: 1 },
    { month: 0, units: 1n, look: 2 },
  ];
  // 5 × 100, then 5 × 100 more; all 11 at 30 are 330, so 670 goes back: 500 of the second line, 170 of the first.
  const { lines } = live(meters[2] as Meter, told);
  expect(lines.map(({ kind, amountMinor, creditedMinor }) => [kind, amountMinor, creditedMinor])).toEqual([
    ["usage", 500n, 170n],
    ["usage:2", 500n, 500n],
    ["usage:3", 0n, 0n],
  ]);
});

describe("the spans that are over", () => {
  const shown = (more: Partial<PresentTerm>, firstNew: string | null, today: string, anchorDay = 1) =>
    usageSpans(
      { anchorDay, present: { ...present, ...more }, changes: [] },
      firstNew === null ? null : day(firstNew),
      day(today),
    ).map(({ from, to }) => `${from} ${to}`);

  test.each([
    ["the month before", {}, null, "2026-05-01", ["2026-04-01 2026-05-01"]],
    ["not the present one", {}, null, "2026-04-30", ["2026-03-01 2026-04-01"]],
    [
      "from the first record that waits",
      {},
      "2026-02-20",
      "2026-05-01",
      ["2026-02-01 2026-03-01", "2026-03-01 2026-04-01", "2026-04-01 2026-05-01"],
    ],
    ["from the day it started", { startedOn: day("2026-04-16") }, null, "2026-05-01", ["2026-04-16 2026-05-01"]],
    [
      "to the day it ended, that day",
      { endedOn: day("2026-05-10") },
      null,
      "2026-05-10",
      ["2026-04-01 2026-05-01", "2026-05-01 2026-05-10"],
    ],
    ["not before the day it ends", { endedOn: day("2026-05-10") }, null, "2026-05-09", ["2026-04-01 2026-05-01"]],
  ])("%s", (_name, more, firstNew, today, spans) => expect(shown(more, firstNew, today)).toEqual(spans));

  test("an anchor of the 31st does not drift", () => {
    expect(shown({ startedOn: day("2025-01-01") }, "2026-01-31", "2026-04-30", 31)).toEqual([
      "2026-01-31 2026-02-28",
      "2026-02-28 2026-03-31",
      "2026-03-31 2026-04-30",
    ]);
  });
});

test("waiting usage that no price charges any more parks the account instead of being forgotten", () => {
  const catalog = catalogOf(meters[0] as Meter);
  const used = [{ from: MONTHS[2] as Day, meters: [{ meter: "fax", units: [1n] }], hasNew: true }];
  const usage = [{ life, firstNew: MONTHS[2] as Day, used, lines: [] }];
  const question = { usage, blocks: [], catalog, today: TODAY, zone: ZONE };
  expect(() => usageLines(question)).toThrow("usage.meter_not_priced");
  const gone = { ...catalog, tariffs: new Map() };
  expect(() => usageLines({ ...question, catalog: gone })).toThrow("usage.no_price");
});
