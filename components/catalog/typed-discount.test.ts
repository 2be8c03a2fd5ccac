import { expect, test } from "vitest";
import { readDiscount } from "./typed-discount";

test.each([
  ["percent", "12,5", { percentBp: 1250, amountMinor: null }],
  ["amount", "1 250,5", { percentBp: null, amountMinor: 1_250_50n }],
  ["percent", "0", null],
  ["percent", "100,01", null],
  ["percent", "", null],
  ["amount", "ten", null],
] as const)("a discount typed as %s «%s» is read as %o", (kind, text, expected) => {
  expect(readDiscount({ kind, text })).toEqual(expected);
});
