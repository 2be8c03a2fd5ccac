import { describe, expect, test } from "vitest";
import { type Catalog, type CatalogPrice, UsagePricing } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, startOfDay } from "@/server/kernel/day";
import { chargeKey } from "./charge-key";
import type { Moment } from "./moment";
import { type AccountSnapshot, proposeAccount } from "./propose-account";

const ZONE = "Europe/Moscow";
const day = (text: string) => text as Day;

/** October 2026, looked at when it is over. */
const OCTOBER: Moment = { today: day("2026-10-31"), arrearsUntil: day("2026-11-01"), bookedSince: day("2026-10-01") };
/** November 2026 on its 25th, looked at by a run. */
const NOVEMBER: Moment = { today: day("2026-11-25"), arrearsUntil: day("2026-11-25"), bookedSince: day("2026-11-01") };

function catalogOf(chargeMethod: CatalogPrice["chargeMethod"], periodMonths = 1): Catalog {
  const price = {
    version: 1,
    phases: [],
    newFrom: "2020-01-01",
    existingFrom: null,
    feeMinor: 310_00n,
    chargeMethod,
    moneyGate: "if_enough",
    prorationStart: "actual_days",
    prorationChange: "actual_days",
    prorationStop: "actual_days",
    dayRule: "connection_in",
    periodMonths,
    maxCharges: null,
    usagePricing: null,
  };
  return {
    tariffs: new Map([
      ["t", { id: "t", code: "t", vatCode: "none", revenueCode: "revenue:internet", prices: [price] }],
    ]),
    bundles: [],
    vatRates: [{ code: "none", validFrom: "1992-01-01", percent: 0 }],
  } as unknown as Catalog;
}

const subscription: SubscriptionRow = {
  accountId: "account",
  id: "a",
  tariffId: "t",
  quantity: 1,
  startedOn: day("2026-01-01"),
  term: 0,
  termFrom: null,
  endedOn: null,
  personalPrices: [],
  billedFrom: null,
};
const financial = (from: string, until: string | null): BlockRow => ({
  id: "block",
  subscriptionId: "a",
  reason: "financial",
  fromAt: startOfDay(day(from), ZONE),
  untilAt: until === null ? null : startOfDay(day(until), ZONE),
});
const account = (change: Partial<AccountSnapshot>): AccountSnapshot => ({
  accountId: "account",
  anchorDay: 1,
  availableMinor: 10_000_00n,
  subscriptions: [subscription],
  blocks: [],
  discounts: [],
  changes: [],
  lines: [],
  dueLater: [],
  knownSince: day("2026-08-01"),
  paymentTermDays: 14,
  blockDelayDays: 10,
  charged: new Set(),
  ...change,
});
const linesOf = (catalog: Catalog, at: Day | Moment, change: Partial<AccountSnapshot> = {}) =>
  proposeAccount(account(change), catalog, at, ZONE).charges.map(({ period, bookedOn, charged }) => ({
    from: period.start,
    to: period.end,
    bookedOn,
    days: charged.days,
  }));

describe("a month that is over", () => {
  test("is charged ahead as of its last day and afterwards as of its end, both booked inside it", () => {
    expect(linesOf(catalogOf("monthly"), OCTOBER)).toEqual([
      { from: "2026-10-01", to: "2026-11-01", bookedOn: "2026-10-31", days: 31 },
    ]);
    expect(linesOf(catalogOf("arrears"), OCTOBER)).toEqual([
      { from: "2026-10-01", to: "2026-11-01", bookedOn: "2026-10-31", days: 31 },
    ]);
    // Of the last day alone, October is not over and September would be asked for.
    expect(linesOf(catalogOf("arrears"), OCTOBER.today)).toEqual([
      { from: "2026-09-01", to: "2026-10-01", bookedOn: "2026-09-30", days: 30 },
    ]);
  });

  test.each([1, 2, 15, 28, 29, 30, 31])(
    "gives an account of anchor %i one period in arrears and one ahead",
    (anchorDay) => {
      for (const method of ["arrears", "monthly"] as const) {
        const lines = linesOf(catalogOf(method), OCTOBER, { anchorDay });
        expect(lines).toHaveLength(1);
        for (const { bookedOn } of lines) expect(bookedOn.slice(0, 7)).toBe("2026-10");
      }
    },
  );

  test.each([1, 2, 15, 31])("charges each of its 31 days once by the day, whatever the anchor (%i)", (anchorDay) => {
    const lines = linesOf(catalogOf("daily"), OCTOBER, { anchorDay });
    const days = Array.from({ length: 31 }, (_, index) => addDays(day("2026-10-01"), index));
    expect(lines.map((line) => line.bookedOn)).toEqual(days);
  });

  test("leaves a quarter that ended before it to the month it ended in", () => {
    // Quarters from January: July to September ended on 30 September.
    expect(linesOf(catalogOf("arrears", 3), OCTOBER, { knownSince: day("2026-01-01") })).toEqual([]);
    const september = { today: day("2026-09-30"), arrearsUntil: day("2026-10-01"), bookedSince: day("2026-09-01") };
    expect(linesOf(catalogOf("arrears", 3), september, { knownSince: day("2026-01-01") })).toEqual([
      { from: "2026-07-01", to: "2026-10-01", bookedOn: "2026-09-30", days: 92 },
    ]);
  });

  test("charges nothing to whom it was closed all along, not even its last day", () => {
    for (const blocks of [[financial("2026-10-01", null)], [financial("2026-10-01", "2026-11-05")]]) {
      for (const method of ["monthly", "daily", "arrears"] as const) {
        expect(linesOf(catalogOf(method), OCTOBER, { blocks }), method).toEqual([]);
      }
    }
    // Whose money came on the 31st is charged that day.
    const back = [financial("2026-10-01", "2026-10-31")];
    expect(linesOf(catalogOf("monthly"), OCTOBER, { blocks: back })).toMatchObject([{ days: 1 }]);
  });
});

describe("the present month, looked at by a run", () => {
  test("books what belongs to it and leaves the month before to its own run, unsettled", () => {
    expect(linesOf(catalogOf("monthly"), NOVEMBER)).toMatchObject([{ from: "2026-11-01", bookedOn: "2026-11-25" }]);
    expect(linesOf(catalogOf("arrears"), NOVEMBER.today)).toMatchObject([{ bookedOn: "2026-10-31" }]);
    expect(linesOf(catalogOf("arrears"), NOVEMBER)).toEqual([]);
    const closed = { blocks: [financial("2026-11-02", null)] };
    const lift = (change: Partial<AccountSnapshot>) =>
      proposeAccount(account({ ...closed, ...change }), catalogOf("arrears"), NOVEMBER, ZONE).lift;
    // October is owed, so leaving it must not open the service.
    expect(lift({})).toEqual([]);
    expect(lift({ charged: new Set([chargeKey("a", 0, day("2026-10-01"), "recurring")]) })).toEqual(["a"]);
  });

  test("is a day's look in all else: what is charged ahead is the same", () => {
    for (const method of ["monthly", "daily", "anniversary", "one_off"] as const) {
      const known = { knownSince: day("2025-12-01") };
      expect(linesOf(catalogOf(method), NOVEMBER, known), method).toEqual(
        linesOf(catalogOf(method), NOVEMBER.today, known),
      );
    }
  });
});

describe("usage", () => {
  const catalog = catalogOf("usage");
  const [tariff] = catalog.tariffs.values();
  Object.assign(tariff?.prices[0] ?? {}, {
    usagePricing: UsagePricing.parse({
      meters: [
        { meter: "call", nameRu: "Звонки", nameEn: "Calls", unit: "piece", pricer: "per_unit", priceMinor: "100" },
      ],
    }),
  });
  const life = {
    ...{ accountId: "account", subscriptionId: "a", anchorDay: 1, quantity: 1, closedOn: null, changes: [], terms: [] },
    present: { term: 0, tariffId: "t", startedOn: day("2026-01-01"), termFrom: null, endedOn: null },
  };
  /** Five calls of a month that nobody has charged. */
  const usedIn = (month: string): Partial<AccountSnapshot> => ({
    usage: [
      {
        life,
        firstNew: day(month),
        used: [{ from: day(month), meters: [{ meter: "call", units: [5n] }], hasNew: true }],
        lines: [],
      },
    ],
  });

  test("of a month that is over is charged by its run, on its last day", () => {
    expect(linesOf(catalog, OCTOBER, usedIn("2026-10-01"))).toMatchObject([
      { from: "2026-10-01", bookedOn: "2026-10-31" },
    ]);
  });

  test("that is booked in another month is left to it whole, and opens no service by being left", () => {
    // In time it belongs to October; what comes later than that is booked on the day it is found.
    const closed = { blocks: [financial("2026-11-02", null)] };
    for (const [month, moment] of [
      ["2026-10-01", NOVEMBER],
      ["2026-08-01", OCTOBER],
    ] as const) {
      const outcome = proposeAccount(account({ ...usedIn(month), ...closed }), catalog, moment, ZONE);
      expect(outcome).toMatchObject({ charges: [], credits: [], lift: [] });
    }
    expect(linesOf(catalog, NOVEMBER.today, usedIn("2026-10-01"))).toMatchObject([{ bookedOn: "2026-10-31" }]);
  });
});
