import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { type BundleShape, bundleFault } from "./check-bundle";

const bundle = (tariffs: string, change: Partial<BundleShape> = {}): BundleShape => ({
  code: tariffs || "none",
  validFrom: toDay("2026-12-01"),
  validTo: null,
  parts: [...tariffs].map((tariffId) => ({ tariffId, discountBp: 1_000 })),
  ...change,
});
const until = (day: string) => ({ validTo: toDay(day) });

describe("what stands against a bundle", () => {
  test.each<[string, BundleShape, BundleShape[], object | null]>([
    ["two tariffs are a bundle", bundle("ab"), [], null],
    ["a tariff with itself goes round in a circle", bundle("aa"), [], { reason: "bundle.circular", with: "a" }],
    ["also among others", bundle("aba"), [], { reason: "bundle.circular", with: "a" }],
    ["one tariff is no bundle", bundle("a"), [], { reason: "bundle.too_few_parts" }],
    ["none is no bundle", bundle(""), [], { reason: "bundle.too_few_parts" }],
    [
      "nothing that gets cheaper",
      bundle("ab", { parts: [...["a", "b"]].map((tariffId) => ({ tariffId, discountBp: 0 })) }),
      [],
      { reason: "bundle.gives_nothing" },
    ],
    ["an end on the day it begins", bundle("ab", until("2026-12-01")), [], { reason: "bundle.ends_before_it_starts" }],
    ["the same tariffs again", bundle("ab"), [bundle("ba")], { reason: "bundle.overlaps", with: "ba" }],
    ["a larger one around it", bundle("ab"), [bundle("abc")], { reason: "bundle.overlaps", with: "abc" }],
    ["a smaller one inside it", bundle("abc"), [bundle("bc")], { reason: "bundle.overlaps", with: "bc" }],
    ["one that shares a part stands beside it", bundle("ab"), [bundle("bc")], null],
    ["the same tariffs when the other has ended", bundle("ab"), [bundle("ab", until("2026-12-01"))], null],
    [
      "the same tariffs when the other ends a day later",
      bundle("ab"),
      [bundle("ab", until("2026-12-02"))],
      { reason: "bundle.overlaps", with: "ab" },
    ],
  ])("%s", (_name, wanted, others, fault) => {
    expect(bundleFault(wanted, others)).toEqual(fault);
  });

  test("two bundles stand in each other's way or neither does", () => {
    const any = fc
      .record({
        parts: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 2 }),
        from: fc.integer({ min: 1, max: 9 }),
        days: fc.option(fc.integer({ min: 1, max: 9 })),
      })
      .map(({ parts, from, days }) =>
        bundle(parts.join(""), {
          validFrom: toDay(`2026-12-0${from}`),
          validTo: days === null ? null : toDay(`2026-12-${`${from + days}`.padStart(2, "0")}`),
        }),
      );
    fc.assert(fc.property(any, any, (a, b) => (bundleFault(a, [b]) === null) === (bundleFault(b, [a]) === null)));
  });
});
