import { describe, expect, test } from "vitest";
import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, startOfDay, toDay } from "@/server/kernel/day";
import { changedTo } from "./apply-changes";
import { type ChargedLine, trueUp } from "./true-up";

const ZONE = "Europe/Moscow";
const catalog = {
  tariffs: new Map([["home", { id: "home", revenueCode: "revenue:internet", prices: [] }]]),
} as unknown as Catalog;

const started: SubscriptionRow = {
  ...{ accountId: "account", id: "s", tariffId: "home", quantity: 1, startedOn: toDay("2026-01-01"), endedOn: null },
  ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
};
/** 600.00 for September, of which so much has been given back by people. */
const september = (givenMinor = 0n): ChargedLine => ({
  ...{ subscriptionId: "s", term: 0, kind: "recurring", tariffId: "home", priceVersion: null },
  ...{ periodStart: toDay("2026-09-01"), periodEnd: toDay("2026-10-01"), periodDays: 30, chargedDays: 30 },
  ...{ chargedFrom: toDay("2026-09-01"), chargedTo: toDay("2026-10-01") },
  ...{ feeMinor: 600_00n, discountMinor: 0n, amountMinor: 600_00n, vatPercent: 22, vatMinor: 108_20n },
  ...{ creditedMinor: givenMinor, creditedVatMinor: (givenMinor * 22n) / 122n },
  ...{ correctedMinor: 0n, correctedVatMinor: 0n },
});
const paused = (from: string, until: string): BlockRow => ({
  ...{ id: "b", subscriptionId: null, reason: "voluntary" },
  ...{ fromAt: startOfDay(toDay(from), ZONE), untilAt: startOfDay(toDay(until), ZONE) },
});
const back = (line: ChargedLine, subscription: SubscriptionRow, today: Day, blocks: readonly BlockRow[] = []) =>
  trueUp({ lines: [line], subscriptions: [subscription], blocks, catalog, today, zone: ZONE }).map(
    (credit) => credit.amountMinor,
  );

test("what people gave back for an outage is not taken back when days are lost afterwards, and both are never more than the line", () => {
  const on = toDay("2026-09-16");
  // 600.00 × 15 / 30 of days that were not served
  const left = { ...started, endedOn: on };
  expect(back(september(), left, on)).toEqual([300_00n]);
  expect(back(september(60_00n), left, on)).toEqual([300_00n]);
  expect(back(september(400_00n), left, on)).toEqual([200_00n]);
  expect(back(september(600_00n), left, on)).toEqual([]);
});

describe("a pause that is open over two changes of tariff", () => {
  const change = toDay("2026-09-29");
  const changed = changedTo(changedTo(started, "fast", change), "slow", change);
  const over = toDay("2026-10-01");

  test("takes its days of the tariff before the last too: 27 of 30 stay", () => {
    // 600.00 − 600.00 × 27 / 30: the 28th was paused, the 29th and the 30th are of other tariffs
    expect(back(september(), changed, over, [paused("2026-09-28", "2026-10-01")])).toEqual([60_00n]);
    expect(back(september(), changed, over)).toEqual([40_00n]); // 600.00 − 600.00 × 28 / 30
  });

  test("and of changes on two days the line ends with its own tariff", () => {
    const later = changedTo(changedTo(started, "fast", toDay("2026-09-21")), "slow", change);
    expect(back(september(), later, over)).toEqual([200_00n]); // 600.00 − 600.00 × 20 / 30
  });
});

describe("a start that is charged whole, of a period begun on the 25th", () => {
  const whole = {
    ...catalog,
    tariffs: new Map([
      [
        "home",
        {
          ...{ id: "home", revenueCode: "revenue:internet" },
          prices: [
            {
              version: 1,
              ...{ prorationStart: "none", prorationChange: "actual_days", prorationStop: "actual_days" },
              dayRule: "connection_in",
            },
          ],
        },
      ],
    ]),
  } as unknown as Catalog;
  const line = { ...september(), priceVersion: 1, chargedFrom: toDay("2026-09-25"), chargedDays: 30 };
  const started25 = { ...started, startedOn: toDay("2026-09-25") };
  const backOf = (subscription: SubscriptionRow, today: Day) =>
    trueUp({ lines: [line], subscriptions: [subscription], blocks: [], catalog: whole, today, zone: ZONE }).map(
      (credit) => credit.amountMinor,
    );

  test("comes back whole when it is changed or ended on its first day: nothing was served", () => {
    expect(backOf(changedTo(started25, "fast", toDay("2026-09-25")), toDay("2026-09-25"))).toEqual([600_00n]);
    expect(backOf({ ...started25, endedOn: toDay("2026-09-25") }, toDay("2026-09-25"))).toEqual([600_00n]);
  });

  test("and later only for the days that are left", () => {
    // 600.00 − 600.00 × 27 / 30: the days before the start stay paid for, as the rule has it
    expect(backOf({ ...started25, endedOn: toDay("2026-09-28") }, toDay("2026-09-28"))).toEqual([60_00n]);
  });
});
