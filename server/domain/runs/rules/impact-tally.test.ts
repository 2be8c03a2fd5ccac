import { describe, expect, it } from "vitest";
import type { PriceMove } from "@/server/domain/rating";
import { toDay } from "@/server/kernel/day";
import { ImpactTally } from "./impact-tally";

const quote = (feeMinor: bigint, discountMinor = 0n) =>
  ({ price: null, feeMinor, discountMinor, discounts: [] }) as unknown as PriceMove["after"];

/** Accounts 1, 2, 3… that pay 690 ₽ now and the given sums then. */
function samplesOf(...thenMinor: (bigint | PriceMove["after"])[]) {
  const tally = new ImpactTally(0, 20);
  for (const [index, then] of thenMinor.entries()) {
    const after = typeof then === "bigint" ? quote(then) : then;
    tally.add(`${index + 1}`, { on: toDay("2026-12-01"), before: quote(690_00n), after });
  }
  return tally.result().samples.map(({ why, moved }) => [moved.accountId, why]);
}

describe("three samples of a proposed price", () => {
  it("are who rises the most, who rises the least and one more", () => {
    expect(samplesOf(750_00n, 800_00n, 720_00n)).toEqual([
      ["2", "most_dearer"],
      ["3", "least_dearer"],
      ["1", "typical"],
    ]);
  });

  it("call a fall a fall, beside a rise and when everybody pays less", () => {
    expect(samplesOf(750_00n, 375_00n)).toEqual([
      ["1", "most_dearer"],
      ["2", "most_cheaper"],
    ]);
    expect(samplesOf(600_00n, 650_00n)).toEqual([
      ["2", "least_cheaper"],
      ["1", "most_cheaper"],
    ]);
  });

  it("say of a sum that stays that it stays", () => {
    expect(samplesOf(690_00n, 750_00n)).toEqual([
      ["2", "most_dearer"],
      ["1", "unchanged"],
    ]);
  });

  it("have the one with a discount among them", () => {
    expect(samplesOf(750_00n, quote(750_00n, 75_00n), 800_00n, 600_00n)).toEqual([
      ["3", "most_dearer"],
      ["2", "discounted"],
      ["4", "most_cheaper"],
    ]);
  });
});
