import fc from "fast-check";
import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { vatInside, vatPercentOn } from "./vat";

const rates = [
  { code: "standard", validFrom: "2019-01-01" as Day, percent: 20 },
  { code: "standard", validFrom: "2026-01-01" as Day, percent: 22 },
  { code: "none", validFrom: "2000-01-01" as Day, percent: 0 },
];

test("the rate goes by the day of service: 20 % to the end of 2025, 22 % from 2026", () => {
  expect(vatPercentOn(rates, "standard", "2025-12-31" as Day)).toBe(20);
  expect(vatPercentOn(rates, "standard", "2026-01-01" as Day)).toBe(22);
});

test("a day before the first known rate is refused, not taxed at zero", () => {
  expect(() => vatPercentOn(rates, "standard", "2018-12-31" as Day)).toThrow("vat.no_rate");
});

test.each([
  [65000n, 22, 11721n], // 650.00 × 22 / 122 = 117.213…
  [65000n, 20, 10833n], // 650.00 × 20 / 120 = 108.333…
  [61n, 22, 11n], //   0.61 × 22 / 122 = 0.11 exactly
  [1n, 22, 0n],
  [65000n, 0, 0n],
])("%s kopecks at %s %% hold %s of VAT", (gross, percent, vat) => {
  expect(vatInside(gross, percent)).toBe(vat);
});

test("net and VAT always add up to the price, and VAT never exceeds its share", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.constantFrom(0, 5, 7, 10, 20, 22), (gross, percent) => {
      const vat = vatInside(gross, percent);
      return (
        vat >= 0n &&
        vat <= gross &&
        (2n * vat * BigInt(100 + percent) - 2n * gross * BigInt(percent)) ** 2n <= BigInt(100 + percent) ** 2n
      );
    }),
  );
});
