import fc from "fast-check";
import { expect, test } from "vitest";
import { vatTotals } from "./vat-totals";

test("sums by rate stand the highest first and add up to the lines, in sum and in VAT", () => {
  const line = fc.record({
    vatPercent: fc.constantFrom(0, 5, 20, 22),
    amountMinor: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    vatMinor: fc.bigInt({ min: -(10n ** 8n), max: 10n ** 8n }),
  });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const totals = vatTotals(lines);
      for (const field of ["amountMinor", "vatMinor"] as const)
        expect(totals.reduce((sum, one) => sum + one[field], 0n)).toBe(
          lines.reduce((sum, one) => sum + one[field], 0n),
        );
      const rates = totals.map((one) => one.vatPercent);
      expect(rates).toEqual([...new Set(rates)].sort((a, b) => b - a));
    }),
  );
});
