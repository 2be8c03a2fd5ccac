import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { PromisedPolicy } from "../schema";
import { type PromisedFacts, promisedOffer } from "./promised-offer";

const day = (text: string) => text as Day;
const facts: PromisedFacts = {
  today: day("2026-12-01"),
  closed: false,
  heldByBlock: false,
  inForce: false,
  needMinor: 618_33n,
  periodFeeMinor: 650_00n,
  tariffCodes: ["home-300"],
  lastPromiseOn: null,
  paidSinceLast: false,
  tenureMonths: 14,
  paidMonths: 11,
  kept: 0,
  broken: 0,
};
const answer = (changes: Partial<PromisedFacts> = {}, policy: Parameters<typeof PromisedPolicy.parse>[0] = {}) =>
  promisedOffer({ ...facts, ...changes }, PromisedPolicy.parse(policy));

describe("an offer", () => {
  test("is what is missing, up to a whole ruble, for the policy's days, and says what trust it stands on", () => {
    expect(answer()).toEqual({
      kind: "offer",
      amountMinor: 619_00n, // 618.33 up
      feeMinor: 0n,
      untilOn: "2026-12-04",
      trust: expect.objectContaining({ shareBp: 180_00 }),
    });
  });

  test.each<[string, object, bigint]>([
    ["what is missing", { size: "debt" }, 619_00n],
    ["what is missing and the fee", { size: "debt", feeMinor: 10_00 }, 629_00n], // 628.33 up
    ["a fee of kopecks", { size: "debt", feeMinor: 67 }, 619_00n], // 618.33 + 0.67 = 619.00
    ["a whole period", { size: "tariff" }, 650_00n],
    ["a whole period, no more than the cap", { size: "tariff", debtCapMinor: 640_00 }, 640_00n],
    ["what is missing, out of 1 170.00 of trust", { size: "formula" }, 619_00n],
  ])("is sized as %s", (_how, policy, amountMinor) => {
    expect(answer({}, policy)).toMatchObject({ kind: "offer", amountMinor });
  });

  test("always covers what is missing and its fee, never owes more than the cap, and is in whole rubles", () => {
    const minor = fc.bigInt({ min: 1n, max: 5_000_00n });
    fc.assert(
      fc.property(
        minor,
        minor,
        fc.bigInt({ min: 0n, max: 100_00n }),
        fc.constantFrom("debt", "tariff", "formula"),
        fc.record({ tenureMonths: fc.nat(60), paidMonths: fc.nat(12), kept: fc.nat(5), broken: fc.nat(5) }),
        (needMinor, periodFeeMinor, feeMinor, size, trust) => {
          const policy = PromisedPolicy.parse({ size, feeMinor });
          const given = promisedOffer({ ...facts, ...trust, needMinor, periodFeeMinor }, policy);
          if (given.kind === "refusal") return;
          expect(given.amountMinor).toBeGreaterThanOrEqual(needMinor + feeMinor);
          expect(given.amountMinor).toBeLessThanOrEqual(policy.debtCapMinor);
          if (size !== "tariff") expect(given.amountMinor % 100n).toBe(0n);
        },
      ),
    );
  });

  test("that is too small becomes possible when exactly what it names is paid first", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2_000_00n }), fc.nat(5), (needMinor, broken) => {
        const refused = answer({ needMinor, broken });
        if (refused.kind === "offer" || refused.reason !== "too_small" || refused.amountMinor === null) return;
        const left = needMinor - refused.amountMinor;
        expect(answer({ needMinor: left, broken }).kind).toBe(left > 0n ? "offer" : "refusal");
      }),
    );
  });
});

describe("a refusal names the first reason, and when or how much where that helps", () => {
  test.each<[string, Partial<PromisedFacts>, object, object]>([
    ["disabled", {}, { enabled: false }, {}],
    ["account_closed", { closed: true }, {}, {}],
    ["blocked", { heldByBlock: true }, {}, {}],
    ["in_force", { inForce: true, needMinor: 0n }, {}, {}],
    ["not_needed", { needMinor: 0n }, {}, {}],
    ["tariff_not_covered", {}, { tariffCodes: ["village-100"] }, {}],
    ["outside_window", {}, { monthDayFrom: 5, monthDayTo: 20 }, { on: "2026-12-05" }],
    ["outside_window", { today: day("2026-12-21") }, { monthDayFrom: 5, monthDayTo: 20 }, { on: "2027-01-05" }],
    ["outside_window", { today: day("2027-02-01") }, { monthDayFrom: 31, monthDayTo: 31 }, { on: "2027-03-31" }],
    ["too_often", { lastPromiseOn: day("2026-11-10"), paidSinceLast: true }, {}, { on: "2026-12-10" }],
    ["payment_required", { lastPromiseOn: day("2026-10-01") }, {}, {}],
    ["debt_too_large", { needMinor: 3_000_01n }, {}, { amountMinor: 3_000_00n }],
    // 100 + 5 − 50 = 55 % of 650.00 = 357.50, down to 357.00; 619.00 − 357.00
    ["too_small", { tenureMonths: 1, paidMonths: 1, broken: 1 }, {}, { amountMinor: 262_00n }],
    ["too_small", { needMinor: 700_00n }, { size: "tariff" }, { amountMinor: 50_00n }],
  ])("%s", (reason, changes, policy, details) => {
    expect(answer(changes, policy)).toMatchObject({ kind: "refusal", reason, ...details });
  });

  test.each<[string, Partial<PromisedFacts>, object]>([
    ["exactly the cap", { needMinor: 3_000_00n }, { size: "debt" }],
    ["the day on which it may be had again", { lastPromiseOn: day("2026-11-01"), paidSinceLast: true }, {}],
    ["no payment in between where none is asked for", { lastPromiseOn: day("2026-10-01") }, { paymentBetween: false }],
    ["a window over the month's end", {}, { monthDayFrom: 25, monthDayTo: 5 }],
    ["a tariff of the list among others", { tariffCodes: ["tv-180", "home-300"] }, { tariffCodes: ["home-300"] }],
  ])("but not for %s", (_what, changes, policy) => {
    expect(answer(changes, policy).kind).toBe("offer");
  });
});

describe("the operator's terms", () => {
  test.each<[string, object]>([
    ["no days", { termDays: 0 }],
    ["a day of the month that is not", { monthDayFrom: 32 }],
    ["a negative fee", { feeMinor: -1 }],
    ["a size that is not one", { size: "love" }],
    ["a share below zero", { formula: { baseBp: -1 } }],
  ])("with %s are refused, not guessed", (_what, setting) => {
    expect(() => PromisedPolicy.parse(setting)).toThrow();
  });
});
