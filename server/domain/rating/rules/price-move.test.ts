import { describe, expect, test } from "vitest";
import type { Catalog, CatalogPrice } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, toDay } from "@/server/kernel/day";
import { type PriceMove, priceMove, yearOf } from "./price-move";

const today = toDay("2026-11-25");

const price = (version: number, change: Partial<CatalogPrice> = {}): CatalogPrice => ({
  tariffId: "home",
  version,
  newFrom: toDay("2020-01-01"),
  existingFrom: null,
  feeMinor: 600_00n,
  chargeMethod: "monthly",
  moneyGate: "if_enough",
  prorationStart: "actual_days",
  prorationChange: "actual_days",
  prorationStop: "actual_days",
  dayRule: "connection_in",
  periodMonths: 1,
  maxCharges: null,
  usagePricing: null,
  phases: [],
  ...change,
});
const catalog = (...prices: CatalogPrice[]): Catalog => ({
  tariffs: new Map([
    [
      "home",
      {
        id: "home",
        code: "home",
        nameRu: "Дом",
        nameEn: "Home",
        kind: "internet",
        downKbps: 1,
        upKbps: 1,
        boostHours: null,
        revenueCode: "revenue:internet",
        vatCode: "standard",
        status: "published",
        isPublic: true,
        createdAt: new Date(0),
        prices,
      },
    ],
  ]),
  bundles: [],
  vatRates: [],
});
const row = (change: Partial<SubscriptionRow> = {}): SubscriptionRow => ({
  accountId: "a",
  id: "s",
  tariffId: "home",
  quantity: 1,
  startedOn: toDay("2025-03-05"),
  billedFrom: null,
  term: 0,
  termFrom: null,
  endedOn: null,
  personalPrices: [],
  ...change,
});

/** A rise to 700 ₽ for existing ones from the day, unless the case says otherwise. */
function moveOf(
  existingFrom: string | null,
  {
    subscription = row(),
    anchorDay = 1,
    first = price(1),
    rise = {},
  }: { subscription?: SubscriptionRow; anchorDay?: number; first?: CatalogPrice; rise?: Partial<CatalogPrice> } = {},
) {
  const from = existingFrom === null ? null : toDay(existingFrom);
  const second = price(2, { newFrom: toDay("2026-12-01"), existingFrom: from, feeMinor: 700_00n, ...rise });
  const version = { version: 2, existingFrom: from, before: catalog(first), after: catalog(first, second) };
  return priceMove(subscription, { anchorDay, discounts: [], subscriptions: [subscription] }, version, today);
}
const dayOf = (move: ReturnType<typeof moveOf>) => (typeof move === "string" ? move : move.on);

describe("when a subscriber moves to a new price", () => {
  test.each([
    ["the calendar month that the date begins", "2027-02-01", 1, "2027-02-01"],
    ["not inside a month: the date lands in it, the next one counts", "2027-02-02", 1, "2027-03-01"],
    ["on the account's own day, the 15th", "2027-02-01", 15, "2027-02-15"],
    ["on the account's own day when that is the date", "2027-02-15", 15, "2027-02-15"],
    ["an anchor of 31 in February is its last day", "2027-02-01", 31, "2027-02-28"],
    ["a date that has come already waits for the next period: this one is charged", "2026-11-25", 1, "2026-12-01"],
    ["nobody, when it is for new subscribers only", null, 1, "not_reached"],
  ])("%s", (_name, existingFrom, anchorDay, on) => {
    expect(dayOf(moveOf(existingFrom, { anchorDay }))).toBe(on);
  });

  test("an anniversary price moves on the subscription's own day of the month", () => {
    const first = price(1, { chargeMethod: "anniversary" });
    expect(dayOf(moveOf("2027-02-01", { first, rise: { chargeMethod: "anniversary" } }))).toBe("2027-02-05");
  });

  test("a year that is paid for is not touched: the move waits for its end", () => {
    const first = price(1, { periodMonths: 12 });
    const moved = moveOf("2027-02-01", { first, rise: { periodMonths: 12 } });
    expect(dayOf(moved)).toBe("2027-03-01");
  });

  test.each([
    [
      "whose price is personal stays",
      { personalPrices: [{ validFrom: toDay("2026-01-01"), validTo: null, feeMinor: 1n }] },
      "personal",
    ],
    [
      "whose personal price runs out before moves",
      { personalPrices: [{ validFrom: toDay("2026-01-01"), validTo: toDay("2027-01-01"), feeMinor: 1n }] },
      "2027-02-01",
    ],
    ["who leaves before stays", { endedOn: toDay("2027-02-01") }, "ends"],
    ["who leaves a day later moves", { endedOn: toDay("2027-02-02") }, "2027-02-01"],
  ])("one %s", (_name, change, on) => {
    expect(dayOf(moveOf("2027-02-01", { subscription: row(change) }))).toBe(on);
  });

  test("the move tells both prices of the same period, and a year of each", () => {
    const move = moveOf("2027-02-01", { subscription: row({ quantity: 2 }) }) as PriceMove;
    expect([move.before.feeMinor, move.after.feeMinor]).toEqual([1200_00n, 1400_00n]);
    expect([yearOf(move.before), yearOf(move.after)]).toEqual([14_400_00n, 16_800_00n]);
  });

  test("whatever the date and the anchor, the move is after today, on or after the date, at most a period later", () => {
    for (let anchorDay = 1; anchorDay <= 31; anchorDay += 1) {
      for (let offset = -40; offset <= 120; offset += 1) {
        const from = addDays(today, offset);
        const on = dayOf(moveOf(from, { anchorDay })) as typeof from;
        expect(on > today && on >= from).toBe(true);
        expect(on <= addDays(from > today ? from : addDays(today, 1), 31)).toBe(true);
      }
    }
  });
});
