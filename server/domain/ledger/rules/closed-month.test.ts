import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, monthStart } from "@/server/kernel/day";
import { closedMonth, monthsOf } from "./closed-month";

const booking = (accountId: string, bookedOn: string) => ({ accountId, bookedOn: bookedOn as Day });
const through = (entries: Record<string, string>) => new Map(Object.entries(entries) as [string, Day][]);

describe("a closed month", () => {
  test.each([
    ["the last day of a closed month", "2026-10-31", "2026-10-01"],
    ["the first day of a closed month", "2026-10-01", "2026-10-01"],
    ["the first day after it", "2026-11-01", null],
    ["a month before the closed one", "2025-02-28", "2025-02-01"],
  ])("%s: booked on %s, refused for %s", (_, bookedOn, refused) => {
    expect(closedMonth([booking("a", bookedOn)], through({ a: "2026-10-01" }))).toBe(refused);
  });

  test("of one legal entity does not hold up another's accounts", () => {
    expect(closedMonth([booking("b", "2026-10-05")], through({ a: "2026-10-01" }))).toBeNull();
  });

  test("is named by the earliest of a batch", () => {
    const batch = [booking("a", "2026-11-03"), booking("a", "2026-10-03"), booking("a", "2026-09-30")];
    expect(closedMonth(batch, through({ a: "2026-10-01" }))).toBe("2026-09-01");
  });

  test("is found whenever any booking of the batch is in it, and only then", () => {
    const day = fc.integer({ min: 0, max: 900 }).map((offset) => addDays("2025-01-01" as Day, offset));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 20 }), day, (days, last) => {
        const closed = monthStart(last);
        const found = closedMonth(
          days.map((one) => booking("a", one)),
          through({ a: closed }),
        );
        const inside = days.map(monthStart).filter((month) => month <= closed);
        expect(found).toBe(inside.sort()[0] ?? null);
      }),
    );
  });

  test("months of a batch are each named once, in order", () => {
    expect(monthsOf([booking("a", "2026-11-30"), booking("b", "2026-10-02"), booking("a", "2026-11-01")])).toEqual([
      "2026-10-01",
      "2026-11-01",
    ]);
  });
});
