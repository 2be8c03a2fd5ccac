import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { monthOf, periodText, runMoment } from "./run-moment";

const day = (text: string) => text as Day;

describe("the moment a run looks at", () => {
  test.each([
    ["2026-10-01", "2026-11-20", "2026-10-31", "2026-11-01"],
    ["2026-10-01", "2026-11-01", "2026-10-31", "2026-11-01"],
    // The last day itself is not over.
    ["2026-10-01", "2026-10-31", "2026-10-31", "2026-10-31"],
    ["2026-10-01", "2026-10-01", "2026-10-01", "2026-10-01"],
    ["2028-02-01", "2028-07-01", "2028-02-29", "2028-03-01"],
    ["2026-12-01", "2027-01-05", "2026-12-31", "2027-01-01"],
  ])("of %s on %s is %s, what is charged afterwards until %s", (month, today, asOf, arrearsUntil) => {
    expect(runMoment(day(month), day(today))).toEqual({ today: asOf, arrearsUntil, bookedSince: month });
  });

  test("is refused for a month that has not begun", () => {
    expect(() => runMoment(day("2026-12-01"), day("2026-11-30"))).toThrow("run.month_not_begun");
  });

  test("is named by year and month, and by nothing else", () => {
    expect(periodText(monthOf("2026-02"))).toBe("2026-02");
    for (const text of ["2026-00", "2026-13", "26-01", "2026-1", "2026-01-01", "1999-01", " 2026-01", "２０２６-01"]) {
      expect(() => monthOf(text)).toThrow("run.period_malformed");
    }
  });
});
