import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { vatInside } from "@/server/domain/catalog";
import type { Day } from "@/server/kernel/day";
import { advancePart, closeAdvances, type OpenAdvance } from "./advances";

const advance = (paymentId: string, receivedOn: string, openMinor: bigint, vatPercent = 22): OpenAdvance => ({
  paymentId,
  receivedOn: receivedOn as Day,
  vatPercent,
  openMinor,
  openVatMinor: vatInside(openMinor, vatPercent),
});

test.each([
  ["of an account without debt is an advance whole", 0n, 1_000_00n, 1_000_00n],
  ["on top of money is an advance whole", 500_00n, 1_000_00n, 1_000_00n],
  ["pays the debt first: 1000 − 300", -300_00n, 1_000_00n, 700_00n],
  ["that only pays a debt is none", -1_000_00n, 1_000_00n, 0n],
  ["that does not even pay the debt is none", -5_000_00n, 1_000_00n, 0n],
])("a payment %s", (_, before, paid, part) => {
  expect(advancePart(before, paid)).toBe(part);
});

describe("closing advances", () => {
  test.each<[string, OpenAdvance[], bigint, [string, bigint, bigint][]]>([
    ["nothing was used", [advance("a", "2026-10-01", 1_000_00n)], 1_000_00n, []],
    [
      "the customer has more than the advances: a correction came",
      [advance("a", "2026-10-01", 1_000_00n)],
      1_100_00n,
      [],
    ],
    // 650.00 × 22 ÷ 122 = 117.21
    ["a part was used", [advance("a", "2026-10-01", 1_000_00n)], 350_00n, [["a", 650_00n, 117_21n]]],
    ["a debt uses all of it", [advance("a", "2026-10-01", 1_000_00n)], -200_00n, [["a", 1_000_00n, 180_33n]]],
    [
      "the earlier one goes first, at the rate of its own day: 20/120 for 2025, 22/122 from 2026",
      [advance("b", "2026-01-10", 610_00n), advance("a", "2025-12-20", 600_00n, 20)],
      305_00n,
      [
        ["a", 600_00n, 100_00n],
        ["b", 305_00n, 55_00n],
      ],
    ],
  ])("%s", (_, open, unused, closings) => {
    expect(closeAdvances(open, unused).map((one) => [one.paymentId, one.amountMinor, one.vatMinor])).toEqual(closings);
  });

  test("month by month, whatever is used, an advance closes to its own sum and VAT and never further", () => {
    const money = fc.bigInt({ min: 1n, max: 10n ** 8n });
    fc.assert(
      fc.property(money, fc.constantFrom(0, 20, 22), fc.array(money, { maxLength: 12 }), (total, percent, uses) => {
        let open = advance("a", "2026-10-01", total, percent);
        const whole = open;
        let [closed, vat] = [0n, 0n];
        for (const use of [...uses, total]) {
          const [one] = closeAdvances([open], open.openMinor - use);
          if (!one) continue;
          closed += one.amountMinor;
          vat += one.vatMinor;
          open = {
            ...open,
            openMinor: open.openMinor - one.amountMinor,
            openVatMinor: open.openVatMinor - one.vatMinor,
          };
          expect(open.openMinor >= 0n && open.openVatMinor >= 0n && open.openVatMinor <= open.openMinor).toBe(true);
        }
        expect([closed, vat]).toEqual([whole.openMinor, whole.openVatMinor]);
      }),
    );
  });
});
