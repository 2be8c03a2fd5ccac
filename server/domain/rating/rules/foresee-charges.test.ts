import { describe, expect, test } from "vitest";
import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { chargeKey } from "./charge-key";
import { foreseeCharges } from "./foresee-charges";
import type { AccountSnapshot } from "./propose-account";

const ZONE = "Europe/Moscow";
const day = (text: string) => text as Day;
const TARIFF = "tariff";

const price = (version: number, feeMinor: bigint, newFrom: string, existingFrom: string | null = null) => ({
  tariffId: TARIFF,
  version,
  phases: [],
  newFrom: day(newFrom),
  existingFrom: existingFrom === null ? null : day(existingFrom),
  feeMinor,
  chargeMethod: "monthly",
  moneyGate: "if_enough",
  prorationStart: "actual_days",
  prorationChange: "actual_days",
  prorationStop: "actual_days",
  dayRule: "connection_in",
  periodMonths: 1,
  maxCharges: null,
  usagePricing: null,
});
const catalog = (...prices: ReturnType<typeof price>[]) =>
  ({
    tariffs: new Map([
      [TARIFF, { id: TARIFF, code: "home", vatCode: "none", revenueCode: "revenue:internet", prices }],
    ]),
    bundles: [],
    vatRates: [{ code: "none", validFrom: day("1992-01-01"), percent: 0 }],
  }) as unknown as Catalog;
const HOME = catalog(price(1, 600_00n, "2020-01-01"));

const subscription = (id: string, startedOn: string, endedOn: string | null = null): SubscriptionRow => ({
  accountId: "account",
  id,
  tariffId: TARIFF,
  quantity: 1,
  startedOn: day(startedOn),
  term: 0,
  termFrom: null,
  billedFrom: null,
  endedOn: endedOn === null ? null : day(endedOn),
  personalPrices: [],
});
const block = (reason: BlockRow["reason"], from: string, subscriptionId: string | null = null): BlockRow => ({
  id: `${reason} ${from}`,
  subscriptionId,
  reason,
  fromAt: startOfDay(day(from), ZONE),
  untilAt: null,
});
const account = (change: Partial<AccountSnapshot>): AccountSnapshot => ({
  accountId: "account",
  anchorDay: 1,
  availableMinor: 0n,
  subscriptions: [subscription("a", "2026-01-01")],
  blocks: [],
  discounts: [],
  changes: [],
  lines: [],
  dueLater: [],
  knownSince: day("2026-10-14"),
  paymentTermDays: 14,
  blockDelayDays: 10,
  charged: new Set([chargeKey("a", 0, day("2026-11-01"), "recurring")]),
  ...change,
});
const foresee = (change: Partial<AccountSnapshot>, prices = HOME) =>
  foreseeCharges(account(change), prices, day("2026-11-14"), ZONE);

describe("the next charge is what charging itself will do", () => {
  test("a whole period at its start, and the money reaches as many periods as it pays for", () => {
    expect(foresee({ availableMinor: 1_300_00n })).toEqual({
      next: { on: "2026-12-01", dueMinor: 600_00n, availableMinor: 1_300_00n, subscriptionIds: ["a"] },
      restMinor: 100_00n,
      coveredUntil: "2027-02-01",
    });
  });

  test("what is refused today is due today", () => {
    expect(foresee({ charged: new Set(), availableMinor: 599_99n })).toMatchObject({
      next: { on: "2026-11-14", dueMinor: 600_00n, subscriptionIds: ["a"] },
      coveredUntil: "2026-11-14",
    });
  });

  test("a subscription that ends inside the next period is charged for its days and not beyond them", () => {
    expect(
      foresee({ availableMinor: 10_000_00n, subscriptions: [subscription("a", "2026-01-01", "2026-12-11")] }),
    ).toMatchObject({
      next: { on: "2026-12-01", dueMinor: 193_55n }, // 600.00 × 10 / 31 = 193.548
      restMinor: 9_806_45n,
      coveredUntil: "2026-12-11",
    });
  });

  test("one that ends before the next period is not charged again, and is served to its last day", () => {
    expect(
      foresee({ availableMinor: 1_000_00n, subscriptions: [subscription("a", "2026-01-01", "2026-11-20")] }),
    ).toMatchObject({
      next: null,
      coveredUntil: "2026-11-20",
    });
  });

  test("one that starts later in this period is due on that day, for its days", () => {
    const subscriptions = [subscription("a", "2026-01-01"), subscription("b", "2026-11-21")];
    expect(foresee({ availableMinor: 500_00n, subscriptions })).toMatchObject({
      next: { on: "2026-11-21", dueMinor: 200_00n, availableMinor: 500_00n, subscriptionIds: ["b"] },
      restMinor: 300_00n,
      coveredUntil: "2026-12-01",
    });
  });

  test("one that starts in half a year is no part of the next charge", () => {
    const subscriptions = [subscription("a", "2026-01-01"), subscription("b", "2027-05-01")];
    expect(foresee({ availableMinor: 700_00n, subscriptions })).toMatchObject({
      next: { on: "2026-12-01", dueMinor: 600_00n },
    });
  });

  test.each(["administrative", "voluntary"] as const)(
    "while a block is open (%s) nothing is charged and nothing asked for",
    (reason) => {
      expect(foresee({ availableMinor: 0n, blocks: [block(reason, "2026-11-10")] })).toMatchObject({
        next: null,
        restMinor: 0n,
      });
    },
  );

  test("a block of one subscription leaves the other's charge alone", () => {
    const subscriptions = [subscription("a", "2026-01-01"), subscription("b", "2026-01-01")];
    expect(
      foresee({ availableMinor: 600_00n, subscriptions, blocks: [block("voluntary", "2026-11-01", "b")] }),
    ).toMatchObject({
      next: { on: "2026-12-01", dueMinor: 600_00n, subscriptionIds: ["a"] },
    });
  });

  test("a price rise that reaches the subscriber shortens how far the money goes", () => {
    const rising = catalog(price(1, 600_00n, "2020-01-01"), price(2, 900_00n, "2026-11-01", "2027-01-01"));
    expect(foresee({ availableMinor: 1_300_00n }, rising)).toMatchObject({
      next: { dueMinor: 600_00n },
      coveredUntil: "2027-01-01",
    });
  });

  test("a debt stays to be paid though nothing is due", () => {
    expect(foresee({ availableMinor: -50_00n }, catalog(price(1, 0n, "2020-01-01")))).toMatchObject({
      next: null,
      restMinor: -50_00n,
      coveredUntil: "2026-12-01",
    });
  });
});
