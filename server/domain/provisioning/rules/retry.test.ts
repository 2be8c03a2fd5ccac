import { expect, test } from "vitest";
import { isOutOfStep, retryDelayMs } from "./retry";

test("the wait doubles from a second to a minute and stays there", () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000_000].map(retryDelayMs)).toEqual([
    1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test("two minutes are patience, a millisecond more is out of step", () => {
  const startedAt = new Date("2026-11-22T10:00:00.000Z");
  expect(isOutOfStep(startedAt, new Date("2026-11-22T10:02:00.000Z"))).toBe(false);
  expect(isOutOfStep(startedAt, new Date("2026-11-22T10:02:00.001Z"))).toBe(true);
});
