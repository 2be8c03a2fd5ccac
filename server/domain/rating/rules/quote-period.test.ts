import { expect, test } from "vitest";
import type { Catalog } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { toDay } from "@/server/kernel/day";
import { changedTo } from "./apply-changes";
import { quotePeriod } from "./quote-period";

const tariff = (id: string, feeMinor: bigint, phases: readonly object[]) => ({
  id,
  code: id,
  prices: [
    {
      version: 1,
      newFrom: toDay("2020-01-01"),
      existingFrom: null,
      chargeMethod: "monthly",
      periodMonths: 1,
      feeMinor,
      phases,
    },
  ],
});
const catalog = {
  tariffs: new Map([
    ["trial", tariff("trial", 600_00n, [{ position: 1, months: 1, feeMinor: 0n, isTrial: true }])],
    ["other", tariff("other", 500_00n, [])],
  ]),
  bundles: [],
} as unknown as Catalog;

const started: SubscriptionRow = {
  ...{ accountId: "account", id: "s", tariffId: "trial", quantity: 1, startedOn: toDay("2026-09-01"), endedOn: null },
  ...{ term: 0, termFrom: null, billedFrom: null, personalPrices: [] },
};
const feeOf = (row: SubscriptionRow, month: string) => quotePeriod(row, catalog, toDay(`${month}-01`)).feeMinor;

test("a trial is had once: away and back on one day, or for a month, it goes on where it would be", () => {
  expect([feeOf(started, "2026-09"), feeOf(started, "2026-10")]).toEqual([0n, 600_00n]);
  const sameDay = changedTo(changedTo(started, "other", toDay("2026-09-30")), "trial", toDay("2026-09-30"));
  expect(feeOf(sameDay, "2026-10")).toBe(600_00n);
  const monthAway = changedTo(changedTo(started, "other", toDay("2026-10-01")), "trial", toDay("2026-11-01"));
  expect(feeOf(monthAway, "2026-11")).toBe(600_00n);
  const withinTrial = changedTo(changedTo(started, "other", toDay("2026-09-10")), "trial", toDay("2026-09-20"));
  expect(feeOf(withinTrial, "2026-09")).toBe(0n);
  // Whoever comes to it for the first time has it whole.
  expect(feeOf(changedTo({ ...started, tariffId: "other" }, "trial", toDay("2026-12-01")), "2026-12")).toBe(0n);
});
