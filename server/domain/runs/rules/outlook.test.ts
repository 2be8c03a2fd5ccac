import { describe, expect, test } from "vitest";
import type { Catalog, CatalogPrice } from "@/server/domain/catalog";
import type { AccountSnapshot } from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { feeMovesOf, shortfallOf, trialEndsOf } from "./outlook";

const ZONE = "Europe/Moscow";
const day = (text: string) => text as Day;
const TODAY = day("2026-11-14");

interface PriceOf {
  readonly feeMinor?: bigint;
  readonly chargeMethod?: string;
  readonly moneyGate?: string;
  readonly phases?: readonly { months: number; feeMinor: bigint; isTrial: boolean }[];
}
const catalog = (prices: Record<string, PriceOf>) =>
  ({
    tariffs: new Map(
      Object.entries(prices).map(([id, { phases = [], ...price }]) => [
        id,
        {
          ...{ id, code: id, vatCode: "none", revenueCode: "revenue:internet" },
          prices: [
            {
              ...{ tariffId: id, version: 1, newFrom: day("2020-01-01"), existingFrom: null, feeMinor: 600_00n },
              ...{ chargeMethod: "monthly", moneyGate: "if_enough", dayRule: "connection_in", periodMonths: 1 },
              ...{ prorationStart: "actual_days", prorationChange: "actual_days", prorationStop: "actual_days" },
              ...{ maxCharges: null, usagePricing: null },
              ...price,
              phases: phases.map((phase, position) => ({ ...phase, position, tariffId: id, version: 1 })),
            },
          ],
        },
      ]),
    ),
    bundles: [],
    vatRates: [{ code: "none", validFrom: day("1992-01-01"), percent: 0 }],
  }) as unknown as Catalog;

const subscription = (tariffId: string, startedOn = "2026-11-01", changes: Partial<SubscriptionRow> = {}) => ({
  ...{
    accountId: "account",
    id: tariffId,
    tariffId,
    quantity: 1,
    term: 0,
    termFrom: null,
    billedFrom: null,
    endedOn: null,
  },
  startedOn: day(startedOn),
  personalPrices: [],
  ...changes,
});
const account = (subscriptions: SubscriptionRow[], changes: Partial<AccountSnapshot> = {}): AccountSnapshot => ({
  ...{ accountId: "account", anchorDay: 1, availableMinor: 0n, subscriptions, blocks: [], discounts: [], changes: [] },
  ...{ charged: new Set(), knownSince: day("2026-10-01"), lines: [], dueLater: [] },
  ...{ paymentTermDays: 14, blockDelayDays: 10 },
  ...changes,
});

const short = (prices: Record<string, PriceOf>, of: AccountSnapshot, through = "2027-01-31") =>
  shortfallOf(of, catalog(prices), TODAY, ZONE, day(through));

describe("the first charge that money does not suffice for", () => {
  test("is today when it was refused today", () => {
    // 600 × 30 / 30 of November, connected on its first day.
    expect(short({ home: {} }, account([subscription("home")], { availableMinor: 599_99n }))).toEqual({
      ...{ on: TODAY, chargeMinor: 600_00n, missingMinor: 1n },
    });
  });

  test("is the period's start when the money lasts until then, and none as far as it lasts or one looks", () => {
    const home = account([subscription("home")], { availableMinor: 1_300_00n });
    expect(short({ home: {} }, home)).toEqual({ on: "2027-01-01", chargeMinor: 600_00n, missingMinor: 500_00n });
    expect(short({ home: {} }, home, "2026-12-31")).toBeNull();
    expect(short({ home: {} }, account([], { availableMinor: 0n }))).toBeNull();
  });

  test("of a fee taken day by day, is the day that the money ends", () => {
    // 600 / 30 = 20 a day; 3 days are paid for, the fourth has 10 of 20.
    const daily = { home: { chargeMethod: "daily" } };
    const started = account([subscription("home", TODAY)], { availableMinor: 70_00n });
    expect(short(daily, started)).toEqual({ on: "2026-11-17", chargeMinor: 20_00n, missingMinor: 10_00n });
  });

  test("does not count what is charged whatever the balance, which takes nothing from the others", () => {
    const prices = { post: { moneyGate: "always" }, home: {} };
    const both = [subscription("post"), subscription("home")];
    expect(short(prices, account(both, { availableMinor: 600_00n }), "2026-11-30")).toBeNull();
    expect(short({ post: { moneyGate: "always" } }, account([subscription("post")]), "2027-01-31")).toBeNull();
    expect(short(prices, account(both, { availableMinor: 500_00n }), "2026-11-30")).toMatchObject({
      chargeMinor: 600_00n,
      missingMinor: 100_00n,
    });
  });

  test("of several down to the limit, is what is left over", () => {
    const prices = { a: { moneyGate: "to_limit" }, b: { moneyGate: "to_limit", feeMinor: 300_00n } };
    const of = account([subscription("a"), subscription("b")], { availableMinor: 700_00n });
    expect(short(prices, of)).toEqual({ on: TODAY, chargeMinor: 300_00n, missingMinor: 200_00n });
  });

  test("is none while the account's own pause lasts", () => {
    const blocks = [
      {
        id: "p",
        subscriptionId: null,
        reason: "voluntary" as const,
        fromAt: startOfDay(day("2026-11-01"), ZONE),
        untilAt: null,
      },
    ];
    expect(short({ home: {} }, account([subscription("home")], { blocks }))).toBeNull();
  });
});

describe("a trial that turns paid", () => {
  const TRIAL = { months: 1, feeMinor: 0n, isTrial: true };
  const ends = (phases: NonNullable<PriceOf["phases"]>, of: AccountSnapshot, through = "2027-03-31") =>
    trialEndsOf(of, catalog({ film: { feeMinor: 299_00n, phases } }), TODAY, day(through));

  test("does so when its whole months are over, at what the next phase or the version costs", () => {
    // Connected on the 14th: the rest of November and the whole of December are free.
    expect(ends([TRIAL], account([subscription("film", "2026-11-14")]))).toEqual([
      { on: "2027-01-01", tariffId: "film", feeMinor: 299_00n },
    ]);
    const promo = { months: 3, feeMinor: 99_00n, isTrial: false };
    expect(ends([TRIAL, promo], account([subscription("film")]))).toEqual([
      { on: "2026-12-01", tariffId: "film", feeMinor: 99_00n },
    ]);
  });

  test("is not told of when there is no trial, when it is over, or further ahead than one looks", () => {
    const promo = { ...TRIAL, isTrial: false };
    expect(ends([promo], account([subscription("film")]))).toEqual([]);
    expect(ends([TRIAL], account([subscription("film", "2026-09-01")]))).toEqual([]);
    expect(ends([TRIAL], account([subscription("film")]), "2026-11-30")).toEqual([]);
  });

  test("is not told of to whoever leaves by then, changes by then, or goes on for nothing", () => {
    expect(ends([TRIAL], account([subscription("film", "2026-11-01", { endedOn: day("2026-12-01") })]))).toEqual([]);
    const changes = [
      { subscriptionId: "film", effectiveOn: day("2026-12-01") },
    ] as unknown as AccountSnapshot["changes"];
    expect(ends([TRIAL], account([subscription("film")], { changes }))).toEqual([]);
    expect(ends([TRIAL, { months: 12, feeMinor: 0n, isTrial: false }], account([subscription("film")]))).toEqual([]);
  });
});

describe("a price that reaches those who are there already", () => {
  const home = (existingFrom: string | null, later: Partial<CatalogPrice> = {}) => {
    const priced = catalog({ home: {} });
    const [tariff] = priced.tariffs.values();
    const [first] = tariff?.prices ?? [];
    if (!tariff || !first) throw new Error("the catalog is empty");
    const reached = existingFrom === null ? null : day(existingFrom);
    const next = {
      ...first,
      version: 2,
      newFrom: day("2026-10-01"),
      existingFrom: reached,
      feeMinor: 700_00n,
      ...later,
    };
    return { ...priced, tariffs: new Map([["home", { ...tariff, prices: [first, next] }]]) };
  };
  const since = (startedOn: string, changes: Partial<SubscriptionRow> = {}) => subscription("home", startedOn, changes);
  const moves = (priced: Catalog, of: AccountSnapshot, through = "2027-01-31") =>
    feeMovesOf(of, priced, TODAY, day(through));
  const OLD = account([since("2026-03-01")]);

  test("does so at their own next period, at what a period costs before and after", () => {
    expect(moves(home("2026-12-10"), OLD)).toEqual([
      { on: "2027-01-01", tariffId: "home", beforeMinor: 600_00n, feeMinor: 700_00n },
    ]);
    const anniversary = { ...OLD, anchorDay: 20 };
    expect(moves(home("2026-12-10"), anniversary)).toMatchObject([{ on: "2026-12-20" }]);
  });

  test("is not told of further ahead than one looks, when it came already, or when it never comes", () => {
    expect(moves(home("2026-12-10"), OLD, "2026-12-31")).toEqual([]);
    expect(moves(home("2026-11-01"), OLD)).toEqual([]);
    expect(moves(home(null), OLD)).toEqual([]);
    expect(moves(home("2026-12-01"), account([since("2026-10-05")])), "connected at the new price").toEqual([]);
  });

  test("is not told of where it changes nothing: a personal price, the same fee, a fee of one time", () => {
    const personalPrices = [{ feeMinor: 500_00n, validFrom: day("2026-01-01"), validTo: null }];
    expect(moves(home("2026-12-01"), account([since("2026-03-01", { personalPrices } as never)]))).toEqual([]);
    expect(moves(home("2026-12-01", { feeMinor: 600_00n }), OLD)).toEqual([]);
  });

  test("is not told of to whoever leaves by then or changes by then", () => {
    expect(moves(home("2026-12-01"), account([since("2026-03-01", { endedOn: day("2026-12-01") })]))).toEqual([]);
    const changes = [
      { subscriptionId: "home", effectiveOn: day("2026-12-01") },
    ] as unknown as AccountSnapshot["changes"];
    expect(moves(home("2026-12-01"), { ...OLD, changes })).toEqual([]);
  });
});
