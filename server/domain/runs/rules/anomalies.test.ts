import { expect, test } from "vitest";
import { anomalyOf, type MonthFigures } from "./anomalies";
import { progressOf } from "./run-progress";

const month = (monthMinor: bigint, lastMinor: bigint, rest: Partial<MonthFigures> = {}) =>
  anomalyOf({ monthMinor, lastMinor, lines: 1, isServed: true, isRefused: false, ...rest });

test.each([
  // 30 % itself is not more than 30 %.
  [130_00n, 100_00n, null],
  [130_01n, 100_00n, "up"],
  [70_00n, 100_00n, null],
  [69_99n, 100_00n, "down"],
  [100_00n, 0n, null],
  [0n, 100_00n, "zero"],
  [-1n, 100_00n, "negative"],
])("a month of %d after one of %d kopecks: %s", (monthMinor, lastMinor, anomaly) => {
  expect(month(monthMinor, lastMinor)).toBe(anomaly);
});

test("nothing for nobody's service is as it should be, and a refusal is told apart", () => {
  expect(month(0n, 100_00n, { isServed: false })).toBeNull();
  expect(month(0n, 100_00n, { isRefused: true })).toBeNull();
});

test("too many lines are shown whatever they come to", () => {
  expect(month(100_00n, 100_00n, { lines: 100 })).toBeNull();
  expect(month(100_00n, 100_00n, { lines: 101 })).toBe("many_lines");
});

test("what is left of a run is told by the rate of its present stretch", () => {
  const figures = { accounts: 1_000, doneAccounts: 600, doneInStretch: 100, stretchMs: 2_000 };
  expect(progressOf(figures)).toEqual({ accounts: 1_000, doneAccounts: 600, perSecond: 50, secondsLeft: 8 });
  expect(progressOf({ ...figures, doneInStretch: 0 })).toMatchObject({ perSecond: null, secondsLeft: null });
  expect(progressOf({ ...figures, doneAccounts: 1_000 })).toMatchObject({ secondsLeft: 0 });
});
