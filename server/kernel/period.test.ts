import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, addMonths, type Day, dayIn, daysBetween, isDay, startOfDay, toDay } from "./day";
import { nextPeriod, periodHolding, periodNumber } from "./period";

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((offset) => addDays("2020-01-01" as Day, offset));
const anchor = fc.integer({ min: 1, max: 31 });

describe("monthly periods", () => {
  test("tile the calendar for every anchor: each holds its day, touches the next, and lasts 28 to 31 days", () => {
    fc.assert(
      fc.property(anyDay, anchor, (day, anchorDay) => {
        const period = periodHolding(day, anchorDay);
        expect(period.start <= day && day < period.end).toBe(true);
        expect(nextPeriod(period, anchorDay).start).toBe(period.end);
        expect(periodHolding(addDays(period.start, -1), anchorDay).end).toBe(period.start);
        const days = daysBetween(period.start, period.end);
        expect(days >= 28 && days <= 31).toBe(true);
      }),
    );
  });

  test.each(Array.from({ length: 31 }, (_, index) => index + 1))(
    "48 months from anchor %i have no gap and do not drift",
    (anchorDay) => {
      const first = periodHolding("2026-01-31" as Day, anchorDay);
      let expected = first.start;
      for (let n = 0; n < 48; n += 1) {
        const period = periodNumber("2026-01-31" as Day, anchorDay, n);
        expect(period.start).toBe(expected);
        expected = period.end;
        const lastOfMonth = addDays(addMonths(`${period.start.slice(0, 7)}-01` as Day, 1), -1);
        expect(Number(period.start.slice(8))).toBe(Math.min(anchorDay, Number(lastOfMonth.slice(8))));
      }
    },
  );

  test("counting backwards works as counting forwards", () => {
    expect(periodNumber("2026-03-15" as Day, 1, -3)).toEqual({ start: "2025-12-01", end: "2026-01-01" });
  });
});

describe("days", () => {
  test.each([
    ["2026-02-29", false],
    ["2028-02-29", true],
    ["2100-02-29", false],
    ["2026-13-01", false],
    ["2026-1-1", false],
    ["2026-04-31", false],
    ["2026-12-31", true],
  ])("%s in the calendar: %s", (text, real) => {
    expect(isDay(text)).toBe(real);
    if (!real) expect(() => toDay(text)).toThrow("day.malformed");
  });

  test.each([
    ["Europe/Kaliningrad", "2026-11-30T21:59:59Z", "2026-11-30"],
    ["Europe/Kaliningrad", "2026-11-30T22:00:00Z", "2026-12-01"],
    ["Asia/Kamchatka", "2026-11-30T12:00:00Z", "2026-12-01"],
    ["Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29"],
  ])("in %s %s is %s", (zone, at, day) => {
    expect(dayIn(new Date(at), zone)).toBe(day);
  });

  test("a day's first instant falls on that day, also where the clock jumps", () => {
    for (const zone of ["Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin", "America/Sao_Paulo"]) {
      for (let day = "2026-01-01" as Day; day < "2027-01-01"; day = addDays(day, 1)) {
        const at = startOfDay(day, zone);
        expect(dayIn(at, zone)).toBe(day);
        expect(dayIn(new Date(at.getTime() - 1), zone)).toBe(addDays(day, -1));
      }
    }
  });
});
