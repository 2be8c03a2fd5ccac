import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import { SuspensionPolicy } from "../schema";
import { intervalOf, isInForce } from "./block-interval";
import { returnFrom, type SuspensionFacts, suspensionAnswer, suspensionTerms } from "./suspension-answer";

const day = (text: string) => text as Day;
const facts: SuspensionFacts = {
  today: day("2026-12-01"),
  hasService: true,
  inForce: false,
  past: [],
  availableMinor: 0n,
};
type Setting = Parameters<typeof SuspensionPolicy.parse>[0];
const answer = (from: string, until: string, changes: Partial<SuspensionFacts> = {}, setting: Setting = {}) =>
  suspensionAnswer({ from: day(from), until: day(until) }, { ...facts, ...changes }, SuspensionPolicy.parse(setting));
const past = (from: string, until: string) => ({ past: [{ from: day(from), until: day(until) }] });

describe("a pause", () => {
  test.each<[string, [string, string, Partial<SuspensionFacts>?, Setting?], object]>([
    ["of a fortnight from today", ["2026-12-01", "2026-12-15"], { kind: "allowed", days: 14 }],
    ["as short as may be", ["2026-12-01", "2026-12-08"], { kind: "allowed", days: 7 }],
    ["shorter", ["2026-12-01", "2026-12-07"], { reason: "too_short", days: 7 }],
    ["that ends before it begins", ["2026-12-10", "2026-12-01"], { reason: "too_short" }],
    ["as long as may be", ["2026-12-01", "2027-03-01"], { kind: "allowed", days: 90 }],
    ["longer", ["2026-12-01", "2027-03-02"], { reason: "too_long", days: 90 }],
    ["of yesterday", ["2026-11-30", "2026-12-10"], { reason: "too_soon", on: "2026-12-01" }],
    [
      "within the notice",
      ["2026-12-03", "2026-12-20", {}, { noticeDays: 3 }],
      { reason: "too_soon", on: "2026-12-04" },
    ],
    ["right after the notice", ["2026-12-04", "2026-12-20", {}, { noticeDays: 3 }], { kind: "allowed" }],
    ["planned as far ahead as may be", ["2027-01-30", "2027-02-10"], { kind: "allowed" }],
    ["farther", ["2027-01-31", "2027-02-10"], { reason: "too_far", on: "2027-01-30" }],
    [
      "too soon after another",
      ["2026-12-01", "2026-12-15", past("2026-11-01", "2026-11-10")],
      { reason: "too_often", on: "2026-12-10" }, // 10 November + 30 days
    ],
    ["long enough after another", ["2026-12-10", "2026-12-20", past("2026-11-01", "2026-11-10")], { kind: "allowed" }],
    [
      "beyond what is left of the year",
      ["2026-12-01", "2026-12-15", past("2026-03-01", "2026-06-20")], // 111 days of 120 are used
      { reason: "quota_exceeded", days: 9 },
    ],
    [
      "over New Year, with days left in both years",
      ["2026-12-25", "2027-01-20", past("2026-03-01", "2026-06-20")], // 7 days of 2026, 19 of 2027
      { kind: "allowed", days: 26 },
    ],
    [
      "over New Year, with too many in the first",
      ["2026-12-20", "2027-01-20", past("2026-03-01", "2026-06-20")], // 12 of 9
      { reason: "quota_exceeded", days: 9 },
    ],
    [
      "whose fee does not fit",
      ["2026-12-01", "2026-12-15", {}, { feeMinor: 50_00 }],
      { reason: "not_enough_money", amountMinor: 50_00n },
    ],
    [
      "whose fee just fits",
      ["2026-12-01", "2026-12-15", { availableMinor: 50_00n }, { feeMinor: 50_00 }],
      { kind: "allowed" },
    ],
    ["beside another", ["2026-12-01", "2026-12-15", { inForce: true }], { reason: "in_force" }],
    ["of nothing", ["2026-12-01", "2026-12-15", { hasService: false }], { reason: "no_service" }],
    ["that the operator does not give", ["2026-12-01", "2026-12-15", {}, { enabled: false }], { reason: "disabled" }],
  ])("%s", (_what, args, expected) => {
    expect(answer(...args)).toMatchObject(expected);
  });

  test("that is allowed begins within the terms, keeps the bounds and never spends more than a year's quota", () => {
    const days = fc.integer({ min: -20, max: 200 });
    const before = fc.array(
      fc.record({ ago: fc.integer({ min: 1, max: 700 }), length: fc.integer({ min: 1, max: 90 }) }),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(days, days, before, (from, length, history) => {
        const known: SuspensionFacts = {
          ...facts,
          past: history.map(({ ago, length: lasted }) => ({
            from: addDays(facts.today, -ago - lasted),
            until: addDays(facts.today, -ago),
          })),
        };
        const policy = SuspensionPolicy.parse({});
        const wanted = { from: addDays(facts.today, from), until: addDays(facts.today, from + length) };
        if (suspensionAnswer(wanted, known, policy).kind === "refusal") return;
        const terms = suspensionTerms(known, policy);
        expect(wanted.from >= terms.earliestOn && wanted.from <= terms.latestOn).toBe(true);
        expect(daysBetween(wanted.from, wanted.until)).toBeGreaterThanOrEqual(policy.minDays);
        expect(daysBetween(wanted.from, wanted.until)).toBeLessThanOrEqual(policy.maxDays);
        const daysIn = (year: string, one: typeof wanted) =>
          Array.from({ length: daysBetween(one.from, one.until) }, (_, index) => addDays(one.from, index)).filter(
            (on) => on.startsWith(year),
          ).length;
        for (const year of ["2026", "2027"].filter((one) => daysIn(one, wanted) > 0)) {
          const used = known.past.reduce((sum, one) => sum + daysIn(year, one), 0);
          expect(used + daysIn(year, wanted)).toBeLessThanOrEqual(policy.yearlyQuotaDays);
        }
      }),
    );
  });
});

test.each([
  ["any_day", true, "2026-12-01"],
  ["after_min_days", true, "2026-12-05"], // 28 November + 7 days
  ["no", true, null],
  ["no", false, "2026-12-01"],
] as const)("coming back early (%s, begun: %s) is possible from %s", (earlyReturn, begun, on) => {
  const policy = SuspensionPolicy.parse({ earlyReturn });
  expect(returnFrom({ from: day("2026-11-28") }, begun, day("2026-12-01"), policy)).toBe(on);
});

test("terms that contradict themselves are refused", () => {
  expect(() => SuspensionPolicy.parse({ minDays: 10, maxDays: 5 })).toThrow("suspension.min_above_max");
});

describe("an interval", () => {
  const now = new Date("2026-12-01T09:00:00Z");
  const of = (fromOn: string | null, untilOn: string | null) =>
    intervalOf({ fromOn: fromOn as Day | null, untilOn: untilOn as Day | null }, now, "Europe/Moscow");
  test("of today begins now; of a later day at its midnight, and ends at one", () => {
    expect(of(null, null)).toEqual({ fromAt: now, untilAt: null });
    expect(of("2026-12-01", "2026-12-03")).toEqual({ fromAt: now, untilAt: new Date("2026-12-02T21:00:00Z") });
    expect(of("2026-12-05", null)).toEqual({ fromAt: new Date("2026-12-04T21:00:00Z"), untilAt: null });
  });
  test.each([
    ["2026-11-30", null, "block.starts_in_the_past"],
    [null, "2026-12-01", "block.ends_before_it_starts"],
    ["2026-12-05", "2026-12-05", "block.ends_before_it_starts"],
  ])("from %s until %s is refused", (from, until, reason) => {
    expect(() => of(from, until)).toThrow(reason);
  });
  test("holds from its beginning, not at its end, and never when it has no length", () => {
    const at = (from: number, until: number | null) => ({
      fromAt: new Date(now.getTime() + from),
      untilAt: until === null ? null : new Date(now.getTime() + until),
    });
    expect(isInForce(at(0, null), now)).toBe(true);
    expect(isInForce(at(1, null), now)).toBe(false);
    expect(isInForce(at(-2, 0), now)).toBe(false);
    expect(isInForce(at(-2, 1), now)).toBe(true);
    expect(isInForce(at(0, 0), now)).toBe(false);
  });
});
