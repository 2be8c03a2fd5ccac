import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CHANGE_DIRECTIONS, CHANGE_TIMINGS } from "../constants";
import { type ChangeMatrix, type ComparedTariff, changeTerms, directionOf } from "./change-terms";

const tariff = (tariffId: string, rubles: number, periodMonths = 1, kind = "internet"): ComparedTariff => ({
  tariffId,
  kind,
  feeMinor: BigInt(rubles) * 100n,
  periodMonths,
});

const slow = tariff("slow", 490);
const fast = tariff("fast", 790);
const twin = tariff("twin", 790);
const secret = tariff("secret", 390);

const matrix: ChangeMatrix = {
  defaults: [
    { direction: "up", allowed: true, feeMinor: 0n, timing: "either" },
    { direction: "down", allowed: true, feeMinor: 100_00n, timing: "next_period" },
    { direction: "equal", allowed: false, feeMinor: 50_00n, timing: "at_once" },
  ],
  pairs: [
    { fromTariffId: "fast", toTariffId: "secret", allowed: false, feeMinor: null, timing: null },
    { fromTariffId: "fast", toTariffId: "twin", allowed: true, feeMinor: null, timing: null },
    { fromTariffId: "secret", toTariffId: "slow", allowed: true, feeMinor: 300_00n, timing: "at_once" },
  ],
};

describe("what a change of tariff is allowed and costs", () => {
  test.each([
    ["up is free and at either time", slow, fast, { allowed: true, direction: "up", feeMinor: 0n, timing: "either" }],
    [
      "down costs 100 ₽ and waits for the next period",
      fast,
      slow,
      { allowed: true, direction: "down", feeMinor: 100_00n, timing: "next_period" },
    ],
    ["between equals is closed by its direction", twin, fast, { allowed: false, reason: "change.not_allowed" }],
    [
      "a pair opens what its direction closed, at the direction's fee and time",
      fast,
      twin,
      { allowed: true, direction: "equal", feeMinor: 50_00n, timing: "at_once" },
    ],
    ["a pair closes what its direction allows", fast, secret, { allowed: false, reason: "change.not_allowed" }],
    ["a pair goes one way only: back is up, and free", secret, fast, { allowed: true, feeMinor: 0n }],
    [
      "a pair's own fee and time come before the direction's",
      secret,
      slow,
      { allowed: true, direction: "up", feeMinor: 300_00n, timing: "at_once" },
    ],
    ["into itself is no change", slow, slow, { allowed: false, reason: "change.same_tariff" }],
    ["into another kind is never", slow, tariff("tv", 490, 1, "tv"), { allowed: false, reason: "change.other_kind" }],
  ])("%s", (_name, from, to, terms) => {
    expect(changeTerms(from, to, matrix)).toMatchObject(terms);
  });

  test("with an empty matrix everything of one kind is allowed, free and at either time", () => {
    const empty = { defaults: [], pairs: [] };
    expect(changeTerms(fast, slow, empty)).toEqual({
      allowed: true,
      direction: "down",
      feeMinor: 0n,
      timing: "either",
    });
  });
});

describe("which way is up", () => {
  test.each([
    ["a year for 4800 ₽ is 400 ₽ a month, less than 490", slow, tariff("year", 4800, 12), "down"],
    ["a year for 5880 ₽ is 490 ₽ a month, the same", slow, tariff("year", 5880, 12), "equal"],
    ["a quarter for 1471 ₽ is a kopeck's share more than 490 a month", slow, tariff("quarter", 1471, 3), "up"],
  ])("%s", (_name, from, to, direction) => {
    expect(directionOf(from, to)).toBe(direction);
  });

  const anyTariff = fc.record({
    tariffId: fc.constantFrom("a", "b", "c"),
    kind: fc.constantFrom("internet", "tv"),
    feeMinor: fc.bigInt({ min: 0n, max: 10n ** 9n }),
    periodMonths: fc.constantFrom(1, 2, 3, 4, 6, 12),
  });

  test("there and back are opposite, whatever the fees and the periods", () => {
    const back = { up: "down", down: "up", equal: "equal" } as const;
    fc.assert(fc.property(anyTariff, anyTariff, (from, to) => directionOf(to, from) === back[directionOf(from, to)]));
  });

  test("what is allowed always comes with a direction, a fee that is not negative and a known time", () => {
    fc.assert(
      fc.property(anyTariff, anyTariff, (from, to) => {
        const terms = changeTerms(from, to, matrix);
        if (!terms.allowed) return terms.reason.startsWith("change.");
        return (
          CHANGE_DIRECTIONS.includes(terms.direction) && CHANGE_TIMINGS.includes(terms.timing) && terms.feeMinor >= 0n
        );
      }),
    );
  });
});
