import { expect, test } from "vitest";
import { typedPercent } from "./typed-percent";

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
