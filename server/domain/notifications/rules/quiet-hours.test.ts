import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeIn } from "@/server/kernel/day";
import { afterQuietHours } from "./quiet-hours";

const NIGHT = { from: "21:00", to: "09:00" };
const moscow = (at: string, hours = NIGHT) => afterQuietHours(new Date(at), hours, "Europe/Moscow").toISOString();

describe("quiet hours", () => {
  test.each([
    // Moscow is UTC+3.
    ["at noon one may write", "2026-11-25T09:00:00.000Z", "2026-11-25T09:00:00.000Z"],
    ["at 20:59 one may write", "2026-11-25T17:59:00.000Z", "2026-11-25T17:59:00.000Z"],
    ["from 21:00 it waits for the next morning", "2026-11-25T18:00:00.000Z", "2026-11-26T06:00:00.000Z"],
    ["after midnight it waits for the same morning", "2026-11-25T21:10:00.000Z", "2026-11-26T06:00:00.000Z"],
    ["at 09:00 sharp one may write", "2026-11-26T06:00:00.000Z", "2026-11-26T06:00:00.000Z"],
    ["on New Year's Eve it waits for the new year", "2026-12-31T20:00:00.000Z", "2027-01-01T06:00:00.000Z"],
  ])("%s", (_what, at, then) => {
    expect(moscow(at)).toBe(then);
  });

  test("hours within a day end that day, and equal ends mean there are none", () => {
    expect(moscow("2026-11-25T10:30:00.000Z", { from: "13:00", to: "14:00" })).toBe("2026-11-25T11:00:00.000Z");
    expect(moscow("2026-11-25T11:00:00.000Z", { from: "13:00", to: "14:00" })).toBe("2026-11-25T11:00:00.000Z");
    expect(moscow("2026-11-25T22:00:00.000Z", { from: "00:00", to: "00:00" })).toBe("2026-11-25T22:00:00.000Z");
  });

  test("where the clocks move in the night, the morning is nine by the wall", () => {
    const berlin = (at: string) => afterQuietHours(new Date(at), NIGHT, "Europe/Berlin").toISOString();
    expect(berlin("2027-03-27T21:00:00.000Z")).toBe("2027-03-28T07:00:00.000Z"); // 22:00 winter → 09:00 summer
    expect(berlin("2026-10-24T20:00:00.000Z")).toBe("2026-10-25T08:00:00.000Z"); // 22:00 summer → 09:00 winter
  });

  test("what comes out is never quiet, never earlier, and stays when asked again", () => {
    const hour = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
      const text = (value: number) => value.toString().padStart(2, "0");
      return `${text(Math.floor(minutes / 60))}:${text(minutes % 60)}`;
    });
    const zone = fc.constantFrom("Europe/Kaliningrad", "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin");
    const at = fc.date({ min: new Date("2026-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(at, hour, hour, zone, (moment, from, to, where) => {
        const then = afterQuietHours(moment, { from, to }, where);
        expect(then.getTime()).toBeGreaterThanOrEqual(moment.getTime());
        expect(then.getTime() - moment.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(afterQuietHours(then, { from, to }, where)).toEqual(then);
        if (then > moment) expect(timeIn(then, where) >= to).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
