import { describe, expect, test } from "vitest";
import { median, percentile, rounded } from "./statistics";

describe("what rounds are boiled down to", () => {
  test("the median does not care about one slow round", () => {
    expect(median([100, 3, 101])).toBe(100);
    expect(median([1, 2, 3, 4])).toBe(2.5);
  });

  test("percentiles reach both ends", () => {
    const values = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect(percentile(values, 0)).toBe(0);
    expect(percentile(values, 95)).toBe(95);
    expect(percentile(values, 100)).toBe(100);
  });

  test("nothing measured is an error, not a zero", () => {
    expect(() => median([])).toThrow("nothing was measured");
  });

  test("rounding keeps the digits asked for", () => {
    expect(rounded(0.123456, 3)).toBe(0.123);
    expect(rounded(1234.5)).toBe(1235);
  });
});
