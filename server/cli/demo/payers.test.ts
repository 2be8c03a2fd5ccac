import { describe, expect, test } from "vitest";
import { sumFor } from "./payers";

describe("the sum of one payment", () => {
  test("is what is missing, rounded up the way this payer rounds", () => {
    expect(sumFor("one_period", 650_00n, 31_67n, 1_00n)).toBe(619_00n);
    expect(sumFor("one_period", 650_00n, 31_67n, 50_00n)).toBe(650_00n);
    expect(sumFor("three_periods", 650_00n, 50_00n, 100_00n)).toBe(1900_00n);
    expect(sumFor("half", 650_00n, 0n, 50_00n)).toBe(350_00n);
  });

  test("is nothing when there is enough, and exact when it was agreed", () => {
    expect(sumFor("one_period", 650_00n, 650_00n, 1_00n)).toBe(0n);
    expect(sumFor("half", 650_00n, 400_00n, 1_00n)).toBe(0n);
    expect(sumFor({ exactMinor: 200_00n }, 700_00n, 0n, 1_00n)).toBe(200_00n);
  });
});
