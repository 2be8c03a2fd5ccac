import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TrustFormula } from "../schema";
import { type TrustFacts, trustShare } from "./trust-share";

const formula = TrustFormula.parse({ baseBp: 70_00, maxBp: 200_00 });

describe("the share of a fee that trust earns", () => {
  test.each<[string, TrustFacts, number]>([
    // 70 % for everybody.
    ["a newcomer", { tenureMonths: 0, paidMonths: 0, kept: 0, broken: 0 }, 70_00],
    // 70 + 4 × 5
    ["four paid months", { tenureMonths: 4, paidMonths: 4, kept: 0, broken: 0 }, 90_00],
    // 70 + 1 × 25 + 11 × 5
    ["a year and eleven paid months", { tenureMonths: 14, paidMonths: 11, kept: 0, broken: 0 }, 150_00],
    // 70 + 25 + 60 + 20 = 175
    ["two kept promises", { tenureMonths: 12, paidMonths: 12, kept: 2, broken: 0 }, 175_00],
    // 70 + 50 + 60 + 30 = 210, of which 200 at the most
    ["the most there is", { tenureMonths: 24, paidMonths: 12, kept: 3, broken: 0 }, 200_00],
    // 70 + 15 − 50
    ["one broken promise", { tenureMonths: 3, paidMonths: 3, kept: 0, broken: 1 }, 35_00],
    // 70 + 5 − 150, of which nothing is left
    ["three broken promises", { tenureMonths: 1, paidMonths: 1, kept: 0, broken: 3 }, 0],
  ])("%s", (_who, facts, shareBp) => {
    expect(trustShare(facts, formula).shareBp).toBe(shareBp);
  });

  test("never falls with tenure, payments and kept promises, never grows with broken ones, and stays in bounds", () => {
    const facts = fc.record({
      tenureMonths: fc.nat(600),
      paidMonths: fc.nat(12),
      kept: fc.nat(50),
      broken: fc.nat(50),
    });
    const share = (one: TrustFacts) => trustShare(one, formula).shareBp;
    fc.assert(
      fc.property(facts, fc.constantFrom("tenureMonths", "paidMonths", "kept", "broken"), (one, key) => {
        const more = share({ ...one, [key]: one[key] + 1 });
        if (key === "broken") expect(more).toBeLessThanOrEqual(share(one));
        else expect(more).toBeGreaterThanOrEqual(share(one));
        expect(more).toBeGreaterThanOrEqual(0);
        expect(more).toBeLessThanOrEqual(formula.maxBp);
      }),
    );
  });
});
