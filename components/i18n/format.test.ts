import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatAge,
  formatBytes,
  formatMoney,
  formatPercent,
  formatPhone,
  formatSignedMoney,
  maskPhone,
  moneyParts,
} from "./format";
import { dayOf, formatDay, formatInstant, formatInstantExact, formatMonth } from "./format-date";

const NB = "\u00A0";

describe("money", () => {
  test.each([
    [125050n, "1 250,50 ₽"],
    [0n, "0,00 ₽"],
    [5n, "0,05 ₽"],
    [-36833n, "−368,33 ₽"],
    [-5n, "−0,05 ₽"],
    [328491000n, "3 284 910,00 ₽"],
    [90071992547409931n, "900 719 925 474 099,31 ₽"],
  ])("%s kopecks read «%s» in Russian with no-break spaces", (minor, text) => {
    expect(formatMoney(minor, "ru")).toBe(text.replaceAll(" ", NB));
  });

  test("English keeps the same shape with its own marks", () => {
    expect(formatMoney(-125050n, "en")).toBe(`−1,250.50${NB}₽`);
  });

  test("a movement wears its sign, and zero wears none", () => {
    expect(formatSignedMoney(50000n, "ru")).toBe(`+500,00${NB}₽`);
    expect(formatSignedMoney(-50000n, "ru")).toBe(`−500,00${NB}₽`);
    expect(formatSignedMoney(0n, "ru")).toBe(`0,00${NB}₽`);
  });

  test("whole style hides only zero kopecks", () => {
    expect(formatMoney(23800n, "ru", { kopecks: "whole" })).toBe(`238${NB}₽`);
    expect(formatMoney(23750n, "ru", { kopecks: "whole" })).toBe(`237,50${NB}₽`);
  });

  test("the big figure splits into rubles and kopecks", () => {
    expect(moneyParts(-41250n, "ru")).toEqual({ sign: "−", whole: "412", fraction: ",50", currency: `${NB}₽` });
  });

  test("every sum keeps every digit and uses one kind of space", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
        fc.constantFrom("ru" as const, "en" as const),
        (minor, locale) => {
          const text = formatMoney(minor, locale);
          expect(text).not.toMatch(/[ \u202F\u2009-]/);
          const digits = BigInt(text.replaceAll(/\D/g, ""));
          expect(minor < 0n ? -digits : digits).toBe(minor);
          expect(text.startsWith("−")).toBe(minor < 0n);
        },
      ),
    );
  });
});

describe("days and instants", () => {
  const zone = "Europe/Moscow";
  const now = new Date("2026-11-22T08:00:00Z");

  test("a day of this year has no year, another year's has", () => {
    expect(formatDay("2026-12-01", "ru", "2026-11-22")).toBe(`1${NB}декабря`);
    expect(formatDay("2027-01-01", "ru", "2026-11-22")).toBe(`1${NB}января 2027`);
    expect(formatDay("2026-12-01", "en", "2026-11-22")).toBe(`1${NB}December`);
  });

  test("a month stands alone in the nominative", () => {
    expect(formatMonth("2026-11", "ru")).toBe("Ноябрь 2026");
    expect(formatMonth("2026-11-30", "en")).toBe("November 2026");
  });

  test.each([
    ["2026-11-22T07:42:00Z", "сегодня, 10:42"],
    ["2026-11-21T21:30:00Z", "сегодня, 00:30"],
    ["2026-11-21T20:30:00Z", "вчера, 23:30"],
    ["2026-11-22T21:00:00Z", "завтра, 00:00"],
    ["2026-11-14T06:00:00Z", `14${NB}ноября, 09:00`],
    ["2025-11-14T06:00:00Z", `14${NB}ноября 2025, 09:00`],
  ])("%s reads «%s» in the operator's zone", (instant, text) => {
    expect(formatInstant(new Date(instant), now, "ru", zone)).toBe(text);
  });

  test("the day of an instant is the operator's, not UTC's", () => {
    expect(dayOf(new Date("2026-11-21T21:30:00Z"), zone)).toBe("2026-11-22");
  });

  test("an exact instant shows seconds", () => {
    expect(formatInstantExact(new Date("2026-11-22T07:42:07Z"), "ru", zone)).toBe("22.11.2026, 10:42:07");
  });
});

test.each([
  [-5, "0 с"],
  [20_000, "20 с"],
  [240_000, "4 мин"],
  [7_440_000, "2 ч 04 мин"],
  [86_400_000, "1 дн."],
  [273_600_000, "3 дн. 4 ч"],
])("an age of %d ms reads «%s»", (ms, text) => {
  expect(formatAge(ms, "ru").replaceAll(NB, " ")).toBe(text);
});

test("a phone is grouped, and masked to what one may recognise", () => {
  expect(formatPhone("+79123456741").replaceAll(NB, " ")).toBe("+7 912 345-67-41");
  expect(maskPhone("+79123456741").replaceAll(NB, " ")).toBe("+7 912 ··· ·· 41");
  expect(maskPhone("+79123456741")).not.toContain("345");
  expect(maskPhone("12")).not.toBe("12");
});

test("percent and traffic follow the language", () => {
  expect(formatPercent(1.96, "ru")).toBe(`1,96${NB}%`);
  expect(formatPercent(-4.1, "en")).toBe("−4.1%");
  expect(formatBytes(1_500_000_000, "ru")).toBe(`1,5${NB}ГБ`);
  expect(formatBytes(999n, "en")).toBe(`999${NB}B`);
});
