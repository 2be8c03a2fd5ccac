import { expect, test } from "vitest";
import { toDay } from "@/server/kernel/day";
import { fitPrice } from "./fit-price";

const price = (from: string, to: string | null, feeMinor = 1n) => ({
  validFrom: toDay(from),
  validTo: to === null ? null : toDay(to),
  feeMinor,
});
const open = price("2026-06-01", null);
const winter = price("2026-12-15", "2027-03-01");

test.each([
  ["in force without an end, the other ends", price("2026-12-01", null), [open], [open]],
  ["in force until later, the other ends", price("2027-01-01", null), [winter], [winter]],
  ["begun on the day the other ends, both stay", price("2027-03-01", null), [winter], []],
  ["over before the other begins, both stay", price("2026-12-01", "2026-12-15"), [winter], []],
])("a price that begins with another %s", (_, agreed, others, ends) => {
  expect(fitPrice(agreed, others)).toEqual({ kind: "fits", ends, replaces: null });
});

test("a price from the same day takes the place of the other", () => {
  expect(fitPrice(price("2026-12-15", null, 2n), [winter])).toEqual({ kind: "fits", ends: [], replaces: winter });
});

test.each([
  ["without an end", price("2026-12-01", null)],
  ["that ends within it", price("2026-12-01", "2026-12-16")],
])("a price %s overlaps the first that begins later", (_, agreed) => {
  const spring = price("2027-03-01", null);
  expect(fitPrice(agreed, [open, winter, spring])).toEqual({ kind: "overlaps", later: winter });
});
