import { expect, test } from "vitest";
import { retryDelayMs } from "./retry";

test("pauses grow, and after the sixth try it is left alone", () => {
  const pauses = [1, 2, 3, 4, 5].map((attempts) => retryDelayMs(attempts) ?? 0);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses[0]).toBe(60_000);
  expect(retryDelayMs(6)).toBeNull();
});
