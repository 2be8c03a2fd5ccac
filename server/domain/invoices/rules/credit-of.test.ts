import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vatInside } from "@/server/domain/catalog";
import { creditOf, type Gross, restOf } from "./credit-of";

const line = (amountMinor: bigint, vatPercent = 22) => ({
  amountMinor,
  vatPercent,
  vatMinor: vatInside(amountMinor, vatPercent),
});

describe("a credit of a charge", () => {
  test.each<[string, bigint, number, Gross[], bigint | null, Gross]>([
    // 650.00 × 22 ÷ 122 = 117.21
    ["the whole line", 650_00n, 22, [], null, { amountMinor: 650_00n, vatMinor: 117_21n }],
    // 100.00 × 22 ÷ 122 = 18.03
    ["a part of it", 650_00n, 22, [], 100_00n, { amountMinor: 100_00n, vatMinor: 18_03n }],
    [
      "the rest takes the VAT that is left: 117.21 − 18.03 = 99.18",
      650_00n,
      22,
      [{ amountMinor: 100_00n, vatMinor: 18_03n }],
      null,
      { amountMinor: 550_00n, vatMinor: 99_18n },
    ],
    ["a line of 2025 keeps its 20 %", 600_00n, 20, [], 60_00n, { amountMinor: 60_00n, vatMinor: 10_00n }],
    ["a line without VAT gives none", 600_00n, 0, [], 60_00n, { amountMinor: 60_00n, vatMinor: 0n }],
    ["one kopeck", 650_00n, 22, [], 1n, { amountMinor: 1n, vatMinor: 0n }],
  ])("%s", (_, amount, percent, given, wanted, expected) => {
    expect(creditOf(line(amount, percent), given, wanted)).toEqual(expected);
  });

  test("of more than is left is refused, and the refusal says how much that is", () => {
    const given = [{ amountMinor: 600_00n, vatMinor: 108_20n }];
    expect(() => creditOf(line(650_00n), given, 50_01n)).toThrow("correction.exceeds_line");
    expect(() => creditOf(line(650_00n), [line(650_00n)], null)).toThrow("correction.nothing_left");
  });

  const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
  const percent = fc.constantFrom(0, 5, 7, 18, 20, 22);
  const cuts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { maxLength: 12 });

  test("however it is cut, the credits never exceed the line in sum or in VAT, and all of them are the line exactly", () => {
    fc.assert(
      fc.property(amount, percent, cuts, (total, rate, wishes) => {
        const whole = line(total, rate);
        const given: Gross[] = [];
        for (const wish of wishes) {
          const rest = restOf(whole, given);
          if (wish > rest.amountMinor) expect(() => creditOf(whole, given, wish)).toThrow("correction.");
          else given.push(creditOf(whole, given, wish));
        }
        if (restOf(whole, given).amountMinor > 0n) given.push(creditOf(whole, given, null));
        expect(restOf(whole, given)).toEqual({ amountMinor: 0n, vatMinor: 0n });
        for (const [index, credit] of given.entries()) {
          expect(credit.vatMinor >= 0n && credit.vatMinor <= credit.amountMinor).toBe(true);
          const rest = restOf(whole, given.slice(0, index + 1));
          expect(rest.vatMinor >= 0n && rest.vatMinor <= rest.amountMinor).toBe(true);
        }
      }),
    );
  });
});
