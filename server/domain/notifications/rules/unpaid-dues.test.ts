import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { type Due, unpaidDues } from "./unpaid-dues";

const due = (on: string, rubles: number): Due => ({ on: on as Day, amountMinor: BigInt(rubles) * 100n });
const [september, october, november] = [due("2026-10-10", 1000), due("2026-11-10", 1000), due("2026-12-10", 1200)];

describe("what is owed of what was due", () => {
  test.each([
    ["nothing when the balance is not below zero", 0, [october, november], []],
    ["the last one alone when the older are paid", -1200, [september, october, november], [due("2026-12-10", 1200)]],
    // 2,000 owed − 1,200 not yet due = 800 of October's 1,000
    ["a part of the older one", -2000, [october, november], [due("2026-11-10", 800), due("2026-12-10", 2000)]],
    [
      "everything when nothing was paid, each day with what is older",
      -3200,
      [september, october, november],
      [due("2026-10-10", 1000), due("2026-11-10", 2000), due("2026-12-10", 3200)],
    ],
    // 5,000 below zero of which 1,000 was ever due: the rest is the credit limit's.
    ["no more than was due, though the balance is lower", -5000, [october], [due("2026-11-10", 1000)]],
  ])("%s", (_what, rubles, dues, expected) => {
    expect(unpaidDues(BigInt(rubles) * 100n, dues)).toEqual(expected);
  });

  test("a payment never makes more owed, and enough of it leaves nothing, in whatever order dues come", () => {
    const dues = fc.uniqueArray(
      fc.record({ month: fc.integer({ min: 1, max: 12 }), rubles: fc.integer({ min: 1, max: 5000 }) }),
      {
        selector: (one) => one.month,
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(
        dues,
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 40_000 }),
        (list, debt, paid) => {
          const rows = list.map((one) => due(`2026-${one.month.toString().padStart(2, "0")}-10`, one.rubles));
          const owed = (balance: number, of = rows) => unpaidDues(BigInt(balance) * 100n, of);
          const before = new Map(owed(-debt).map((row) => [row.on, row.amountMinor]));
          for (const row of owed(-debt + paid)) expect(row.amountMinor <= (before.get(row.on) ?? 0n)).toBe(true);
          expect(owed(0)).toEqual([]);
          expect(owed(-debt, [...rows].reverse())).toEqual(owed(-debt));
        },
      ),
    );
  });
});
