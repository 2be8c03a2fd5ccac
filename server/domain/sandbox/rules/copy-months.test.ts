import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { curveOf, type DayMovement, monthsOf } from "./copy-months";

const moved = (on: string, kind: DayMovement["kind"], effectMinor: bigint): DayMovement => ({
  on: on as Day,
  kind,
  effectMinor,
});
const lived = {
  copiedOn: "2026-11-25" as Day,
  clockOn: "2027-01-10" as Day,
  openingMinor: 1_000_00n,
  movements: [
    moved("2026-10-31", "charge", -100_00n),
    moved("2026-12-01", "charge", -650_00n),
    moved("2026-12-10", "payment", 500_00n),
    moved("2026-12-20", "adjustment", 50_00n),
  ],
};

test("every month from the copy's day to its clock has its sums and the balance it ends with", () => {
  expect(monthsOf(lived)).toEqual([
    // Arrears of October, charged after the copy was made, count on its first day: 1000 − 100.
    { month: "2026-11-01", chargedMinor: 100_00n, creditedMinor: 0n, paidMinor: 0n, balanceMinor: 900_00n },
    // 900 − 650 + 500 + 50
    { month: "2026-12-01", chargedMinor: 650_00n, creditedMinor: 50_00n, paidMinor: 500_00n, balanceMinor: 800_00n },
    { month: "2027-01-01", chargedMinor: 0n, creditedMinor: 0n, paidMinor: 0n, balanceMinor: 800_00n },
  ]);
});

test("the curve has a point for every day lived and ends where the months end", () => {
  const curve = curveOf(lived);
  expect(curve).toHaveLength(47); // 25–30 November: 6, December: 31, 1–10 January: 10
  expect(curve[0]).toEqual({ day: "2026-11-25", balanceMinor: 900_00n });
  expect(curve.find(({ day }) => day === "2026-12-01")?.balanceMinor).toBe(250_00n);
  expect(curve.at(-1)).toEqual({ day: "2027-01-10", balanceMinor: 800_00n });
});
