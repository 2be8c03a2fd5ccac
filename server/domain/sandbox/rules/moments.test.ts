import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { lastDayOf, momentsOf } from "./moments";

const ZONE = "Europe/Moscow";
const at = (text: string) => new Date(`${text}+03:00`);

describe("the way of a clock", () => {
  test("begins where it stands and stops at the first moment of every day", () => {
    const clockAt = at("2026-11-25T12:00:00");
    expect(momentsOf(clockAt, "2026-11-27" as Day, [], ZONE)).toEqual([
      clockAt,
      at("2026-11-26T00:00:00"),
      at("2026-11-27T00:00:00"),
    ]);
  });

  test("stops where something ends by itself, once, and not before or after the way", () => {
    const clockAt = at("2026-11-25T00:00:00");
    const instants = ["2026-11-24T10:00:00", "2026-11-25T15:00:00", "2026-11-26T00:00:00", "2026-11-26T08:00:00"].map(
      at,
    );
    expect(momentsOf(clockAt, "2026-11-26" as Day, instants, ZONE)).toEqual([
      clockAt,
      at("2026-11-25T15:00:00"),
      at("2026-11-26T00:00:00"),
    ]);
  });

  test("a month is a month of the calendar, its end clamped", () => {
    expect(lastDayOf("day", "2026-12-31" as Day)).toBe("2027-01-01");
    expect(lastDayOf("month", "2027-01-31" as Day)).toBe("2027-02-28");
    expect(lastDayOf("year", "2026-11-25" as Day)).toBe("2027-11-25");
    expect(lastDayOf("charge", "2026-11-25" as Day)).toBe("2027-11-25");
  });
});
