import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal } from "./decimal";
import {
  allocate,
  ceilToMajor,
  formatAmount,
  formatRubles,
  fractionOf,
  parseAmount,
  roundToMinor,
  shareOf,
} from "./money";

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe("rounding to a kopeck", () => {
  test.each([
    ["10.4999999999999999999", 10n],
    ["10.5", 11n],
    ["-10.5", -11n],
    ["-10.4", -10n],
    ["0.5", 1n],
    ["0", 0n],
    ["999999999999999999999.5", 1_000_000_000_000_000_000_000n],
  ])("%s kopecks become %s", (value, rounded) => {
    expect(roundToMinor(new Decimal(value))).toBe(rounded);
  });

  test("a third of a sum is exact until it is rounded", () => {
    expect(roundToMinor(fractionOf(650_00n, 17, 30))).toBe(368_33n);
    expect(() => fractionOf(1n, 1, 0)).toThrow("money.zero_denominator");
  });
});

describe("a share of a sum in whole numbers", () => {
  test("is the exact share, rounded once, half-up", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (sum, numerator, denominator) => {
          expect(shareOf(sum, numerator, denominator)).toBe(roundToMinor(fractionOf(sum, numerator, denominator)));
        },
      ),
    );
    expect(shareOf(1n, 1, 2)).toBe(1n);
    expect(shareOf(650_00n, 22, 122)).toBe(117_21n);
  });

  test("of a negative sum or by nothing is refused", () => {
    expect(() => shareOf(-1n, 1, 2)).toThrow("money.share_not_positive");
    expect(() => shareOf(1n, 1, 0)).toThrow("money.share_not_positive");
  });
});

describe("splitting a sum", () => {
  test("parts always add up, keep their sign and differ from the exact share by less than a kopeck", () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 30 }),
        (sum, weights) => {
          const parts = allocate(sum, weights);
          const total = weights.reduce((a, b) => a + b, 0n);
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(sum);
          for (const [index, part] of parts.entries()) {
            expect(part === 0n || part > 0n === sum > 0n).toBe(true);
            if (total === 0n) continue;
            const off = part * total - sum * (weights[index] ?? 0n);
            expect(off < total && off > -total).toBe(true);
          }
        },
      ),
    );
  });

  test("ties go to the earlier part", () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(allocate(5n, [0n, 0n])).toEqual([3n, 2n]);
  });

  test("no parts and negative weights are refused", () => {
    expect(() => allocate(1n, [])).toThrow("money.no_parts");
    expect(() => allocate(1n, [-1n])).toThrow("money.negative_weight");
  });
});

describe("amounts as text", () => {
  test("what is written is read back", () => {
    fc.assert(fc.property(amount, (sum) => parseAmount(formatAmount(sum)) === sum));
  });

  test.each(["", "1,00", "1.005", "1e3", " 1", "1 000", "+1", "--1", ".5", "١", "1234567890123456"])(
    "%j is refused",
    (text) => {
      expect(() => parseAmount(text)).toThrow("money.malformed");
    },
  );

  test("a recommended payment goes up to the next ruble and never below zero", () => {
    expect([1n, 100n, 101n, 0n, -5n].map(ceilToMajor)).toEqual([100n, 100n, 200n, 0n, 0n]);
  });
});

test.each([
  [500n, "5,00\u00a0₽"],
  [195050n, "1\u00a0950,50\u00a0₽"],
  [123456705n, "1\u00a0234\u00a0567,05\u00a0₽"],
])("%d kopecks are written the Russian way as %s", (minor, text) => {
  expect(formatRubles(minor)).toBe(text);
});
