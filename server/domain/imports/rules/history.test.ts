import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { historyPeriods, splitHistory } from "./history";

const day = (text: string) => text as Day;
const startsOf = (on: string, count: number, left: boolean) =>
  historyPeriods(day(on), count, left).map(({ start }) => start);

describe("the months of a history", () => {
  test("of one who is still here they end with the current month, of one who left with the month before", () => {
    expect(startsOf("2026-11-22", 3, false)).toEqual(["2026-09-01", "2026-10-01", "2026-11-01"]);
    expect(startsOf("2026-11-22", 3, true)).toEqual(["2026-08-01", "2026-09-01", "2026-10-01"]);
    expect(startsOf("2026-01-31", 2, false)).toEqual(["2025-12-01", "2026-01-01"]);
    expect(startsOf("2026-01-01", 0, false)).toEqual([]);
  });

  test("they tile the calendar: each begins where the one before ends", () => {
    const days = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 240 }), fc.boolean(), (date, count, left) => {
        const periods = historyPeriods(day(date.toISOString().slice(0, 10)), count, left);
        expect(periods).toHaveLength(count);
        for (const [index, period] of periods.entries()) {
          if (index > 0) expect(period.start).toBe(periods[index - 1]?.end);
        }
      }),
    );
  });
});

describe("a total over its months", () => {
  test("what does not divide goes to the earliest months", () => {
    const amounts = splitHistory(1_00n, historyPeriods(day("2026-03-10"), 3, false)).map((month) => month.amountMinor);
    expect(amounts).toEqual([34n, 33n, 33n]); // 1.00 ÷ 3 = 0.333…
  });

  test("the parts add up to the kopeck, differ by one at most and are never nothing", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000_00n }), fc.integer({ min: 0, max: 240 }), (total, count) => {
        const months = splitHistory(total, historyPeriods(day("2026-11-22"), count, false));
        const amounts = months.map((month) => month.amountMinor);
        expect(amounts.reduce((sum, amount) => sum + amount, 0n)).toBe(count === 0 ? 0n : total);
        for (const amount of amounts) {
          expect(amount).toBeGreaterThan(0n);
          expect((amounts[0] ?? 0n) - amount).toBeLessThanOrEqual(1n);
        }
      }),
    );
  });
});
