import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareMonths, type MonthLine } from "./compare-months";

const line = (change: Partial<MonthLine> = {}): MonthLine => ({
  key: "internet",
  nameRu: "«Домашний»",
  nameEn: "Home",
  tariffId: "home",
  kind: "recurring",
  priceVersion: 1,
  feeMinor: 650_00n,
  discountMinor: 0n,
  chargedDays: 31,
  periodDays: 31,
  amountMinor: 650_00n,
  creditedMinor: 0n,
  ...change,
});

const FEE = {
  ...{ key: "promised_fee", kind: "promised_fee", tariffId: null, priceVersion: null },
  ...{ feeMinor: 10_00n, amountMinor: 10_00n, chargedDays: 1, periodDays: 1 },
} as const;

describe("a month against the one before", () => {
  test.each<[string, MonthLine[], MonthLine[], [string, bigint, string[]][]]>([
    [
      "whole months of 31 and 30 days are the same",
      [line()],
      [line({ chargedDays: 30, periodDays: 30 })],
      [["internet", 0n, []]],
    ],
    [
      "a price rose",
      [line({ feeMinor: 700_00n, amountMinor: 700_00n, priceVersion: 2 })],
      [line()],
      [["internet", 50_00n, ["price"]]],
    ],
    [
      "another tariff is a change of tariff, not of price",
      [line({ tariffId: "fast", feeMinor: 900_00n, amountMinor: 900_00n })],
      [line()],
      [["internet", 250_00n, ["tariff"]]],
    ],
    [
      "a discount ended",
      [line()],
      [line({ discountMinor: 130_00n, amountMinor: 520_00n })],
      [["internet", 130_00n, ["discount"]]],
    ],
    [
      "days were blocked: 650 × 21 ÷ 30 = 455",
      [line({ chargedDays: 21, periodDays: 30, amountMinor: 455_00n })],
      [line()],
      [["internet", -195_00n, ["days"]]],
    ],
    [
      "money was given back",
      [line({ creditedMinor: 65_00n, amountMinor: 585_00n })],
      [line()],
      [["internet", -65_00n, ["credit"]]],
    ],
    [
      "a fee was taken twice, and before that once",
      [line({ ...FEE, chargedDays: 2, amountMinor: 20_00n })],
      [line(FEE)],
      [["promised_fee", 10_00n, ["times"]]],
    ],
    [
      "a fee that came back within its month, and that the other month has not, is nothing to tell",
      [line(), line({ ...FEE, amountMinor: 0n, creditedMinor: 10_00n })],
      [line()],
      [["internet", 0n, []]],
    ],
    [
      "what changed stands first, the largest change before the others",
      [line(), line({ key: "tv", amountMinor: 200_00n }), line({ key: "phone", amountMinor: 900_00n })],
      [line(), line({ key: "old", amountMinor: 100_00n }), line({ key: "phone", amountMinor: 650_00n, feeMinor: 1n })],
      [
        ["phone", 250_00n, ["price"]],
        ["tv", 200_00n, ["new"]],
        ["old", -100_00n, ["gone"]],
        ["internet", 0n, []],
      ],
    ],
    [
      "two terms of one subscription are one line",
      [
        line({ chargedDays: 10, amountMinor: 210_00n }),
        line({ tariffId: "fast", feeMinor: 900_00n, chargedDays: 21, amountMinor: 610_00n }),
      ],
      [line()],
      [["internet", 170_00n, ["tariff"]]],
    ],
  ])("%s", (_, now, before, expected) => {
    expect(compareMonths(now, before).map((one) => [one.key, one.deltaMinor, one.causes])).toEqual(expected);
  });

  test("changes of lines add up to the change of the month", () => {
    const lines = fc.array(
      fc.record({
        key: fc.constantFrom("a", "b", "c", "d"),
        amountMinor: fc.bigInt({ min: -(10n ** 6n), max: 10n ** 8n }),
      }),
    );
    const sum = (all: readonly { amountMinor: bigint }[]) => all.reduce((total, one) => total + one.amountMinor, 0n);
    fc.assert(
      fc.property(lines, lines, (now, before) => {
        const compared = compareMonths(
          now.map((one) => line(one)),
          before.map((one) => line(one)),
        );
        expect(compared.reduce((total, one) => total + one.deltaMinor, 0n)).toBe(sum(now) - sum(before));
      }),
    );
  });
});
