import { expect, test } from "vitest";
import { percentToType, typedPercent } from "./typed-percent";

test.each([
  ["10", 1_000],
  ["12,5", 1_250],
  ["12.05", 1_205],
  [" 100 ", 10_000],
  ["0", 0],
  ["0,01", 1],
])("«%s» is %d hundredths of a percent", (text, bp) => {
  expect(typedPercent(text)).toBe(bp);
});

test.each(["", "101", "100,01", "-5", "10,123", "ten", "1 0"])("«%s» is no share", (text) => {
  expect(typedPercent(text)).toBeNull();
});

test("a share may be larger where it is said to", () => {
  expect(typedPercent("300", 100_000)).toBe(30_000);
  expect(typedPercent("1000", 100_000)).toBe(100_000);
  expect(typedPercent("1000,01", 100_000)).toBeNull();
});

test.each([
  [1_250, "12,5"],
  [1_205, "12,05"],
  [10_000, "100"],
  [0, "0"],
  [1, "0,01"],
])("%d is typed as «%s», and read back", (bp, text) => {
  expect(percentToType(bp)).toBe(text);
  expect(typedPercent(text)).toBe(bp);
});
