import { expect, test } from "vitest";
import { growthBp, shareBp } from "./share";

test.each([
  [1869, 7043, 2654], // 26.5370… %
  [1, 3, 3333],
  [2, 3, 6667],
  [1, 20_000, 1], // 0.005 % rounds half-up to 0.01 %
  [0, 5, 0],
])("%i of %i is %i basis points", (part, whole, bp) => {
  expect(shareBp(part, whole)).toBe(bp);
});

test("a share of nothing is unknown, not zero", () => {
  expect(shareBp(1, 0)).toBeNull();
  expect(growthBp(5n, 0n)).toBeNull();
});

test("a fall is as exact as a rise", () => {
  expect(growthBp(90n, 100n)).toBe(-1000);
  expect(growthBp(110n, 100n)).toBe(1000);
});
