import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { type PhaseShape, type PriceShape, priceFaults, versionFault } from "./check-price";

const plain: PriceShape = {
  newFrom: toDay("2026-12-01"),
  existingFrom: null,
  chargeMethod: "monthly",
  periodMonths: 1,
  maxCharges: null,
  phases: [],
};
const phase = (position: number, months: number, isTrial = false): PhaseShape => ({
  position,
  months,
  feeMinor: isTrial ? 0n : 300_00n,
  isTrial,
});

describe("what a price version must not contradict itself in", () => {
  test.each<[string, Partial<PriceShape>, string[]]>([
    ["a plain monthly price is sound", {}, []],
    ["a trial month, two promo months, then the fee: sound", { phases: [phase(1, 1, true), phase(2, 2)] }, []],
    ["phases may be written in any order", { phases: [phase(2, 2), phase(1, 1, true)] }, []],
    ["phases 1 and 3 leave a gap", { phases: [phase(1, 1), phase(3, 1)] }, ["price.phase_gap"]],
    ["a single phase 2 leaves a gap before it", { phases: [phase(2, 1)] }, ["price.phase_gap"]],
    ["two phases in one place", { phases: [phase(1, 1), phase(1, 2)] }, ["price.phase_repeated"]],
    [
      "a month of promotion in a quarterly price",
      { periodMonths: 3, phases: [phase(1, 1)] },
      ["price.phase_cuts_period"],
    ],
    ["a year of promotion in a quarterly price is sound", { periodMonths: 3, phases: [phase(1, 12)] }, []],
    ["a trial after a paid month", { phases: [phase(1, 1), phase(2, 1, true)] }, ["price.trial_after_paid"]],
    [
      "a one-off has no number of charges",
      { chargeMethod: "one_off", maxCharges: 3 },
      ["price.counts_without_periods"],
    ],
    ["usage has no number of charges", { chargeMethod: "usage", maxCharges: 3 }, ["price.counts_without_periods"]],
    ["a one-off has no phases", { chargeMethod: "one_off", phases: [phase(1, 1)] }, ["price.phases_without_periods"]],
    ["an instalment of twelve is sound", { maxCharges: 12 }, []],
    ["existing subscribers before new ones", { existingFrom: toDay("2026-11-30") }, ["price.existing_before_new"]],
    ["both on one day is sound", { existingFrom: toDay("2026-12-01") }, []],
  ])("%s", (_name, change, reasons) => {
    expect(priceFaults({ ...plain, ...change }).map(({ reason }) => reason)).toEqual(reasons);
  });

  test("phases numbered 1…n without a gap are sound in every order", () => {
    const anyPhases = fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 12 }).chain((months) =>
      fc.shuffledSubarray(
        months.map((count, index) => phase(index + 1, count)),
        { minLength: months.length },
      ),
    );
    fc.assert(fc.property(anyPhases, (phases) => priceFaults({ ...plain, phases }).length === 0));
  });

  test("taking any phase but the last away is seen", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), (count, seed) => {
        const all = Array.from({ length: count }, (_, index) => phase(index + 1, 1));
        const left = all.filter((row) => row.position !== (seed % (count - 1)) + 1);
        return priceFaults({ ...plain, phases: left }).some(({ reason }) => reason === "price.phase_gap");
      }),
    );
  });
});

describe("what stands against adding a version", () => {
  const versions = [
    { ...plain, version: 1, newFrom: toDay("2020-01-01"), existingFrom: null },
    { ...plain, version: 2, newFrom: toDay("2026-12-01"), existingFrom: toDay("2027-02-01") },
  ];
  const today = toDay("2026-11-25");
  test.each([
    ["2026-11-25", null, null],
    ["2026-12-02", "2027-03-01", null],
    ["2026-11-24", null, { field: "newFrom", reason: "price.backdated" }],
    ["2026-11-24", "2027-03-01", { field: "newFrom", reason: "price.backdated" }],
    ["2026-12-01", "2027-03-01", { field: "newFrom", reason: "price.overlaps", version: 2 }],
    ["2026-12-02", "2027-02-01", { field: "existingFrom", reason: "price.overlaps", version: 2 }],
  ])("new from %s, existing from %s: %j", (newFrom, existingFrom, fault) => {
    const price = { ...plain, newFrom: toDay(newFrom), existingFrom: existingFrom ? toDay(existingFrom) : null };
    expect(versionFault(price, versions, today)).toEqual(fault);
  });

  test.each([
    ["another way of charging", { chargeMethod: "anniversary" }],
    ["a longer period", { periodMonths: 3 }],
  ] as const)(
    "existing subscribers are not moved to %s: its periods would overlap what they have paid for",
    (_name, change) => {
      const price = { ...plain, ...change, newFrom: toDay("2027-05-01") };
      expect(versionFault({ ...price, existingFrom: toDay("2027-06-01") }, versions, today)).toMatchObject({
        field: "existingFrom",
        reason: "price.other_rhythm",
      });
      expect(versionFault({ ...price, existingFrom: null }, versions, today)).toBeNull();
      // Begun before version 2 reaches existing subscribers, it would be reached by that.
      const early = { ...price, newFrom: toDay("2026-12-15"), existingFrom: null };
      expect(versionFault(early, versions, today)).toMatchObject({ field: "newFrom", reason: "price.other_rhythm" });
    },
  );
});
