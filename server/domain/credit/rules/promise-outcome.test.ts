import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { fullMonths } from "./full-months";
import { isKept, outcomeAtEnd } from "./promise-outcome";

test.each<[string, Parameters<typeof isKept>[0], boolean]>([
  [
    "all that was promised is paid",
    { amountMinor: 619_00n, paidMinor: 619_00n, spentMinor: 650_00n, ownMinor: -1n },
    true,
  ],
  [
    "the debt is paid, with less",
    { amountMinor: 619_00n, paidMinor: 618_33n, spentMinor: 650_00n, ownMinor: 0n },
    true,
  ],
  ["a kopeck is still owed", { amountMinor: 619_00n, paidMinor: 618_32n, spentMinor: 650_00n, ownMinor: -1n }, false],
  ["nothing was paid", { amountMinor: 619_00n, paidMinor: 0n, spentMinor: 0n, ownMinor: 31_67n }, false],
  [
    "a ruble came before it was used",
    { amountMinor: 619_00n, paidMinor: 1_00n, spentMinor: 0n, ownMinor: 32_67n },
    false,
  ],
])("a promise is kept or not: %s", (_what, facts, kept) => {
  expect(isKept(facts)).toBe(kept);
});

test("at its end a debt breaks it, and nothing owed keeps it", () => {
  expect([-1n, 0n, 1n].map(outcomeAtEnd)).toEqual(["broken", "kept", "kept"]);
});

test.each([
  ["2026-01-15", "2026-01-15", 0],
  ["2026-01-15", "2026-02-14", 0],
  ["2026-01-15", "2026-02-15", 1],
  ["2026-01-31", "2026-02-28", 1],
  ["2024-02-29", "2025-02-28", 12],
  ["2025-11-30", "2026-12-01", 12],
  ["2026-12-01", "2026-11-01", 0],
])("whole months from %s to %s: %d", (from, to, months) => {
  expect(fullMonths(from as Day, to as Day)).toBe(months);
});
