import { expect, test } from "vitest";
import { topUpPresets } from "./top-up-presets";

const money = (missingMinor: bigint, recommendedMinor: bigint, periodFeeMinor = 650_00n, chargeMinor = 650_00n) => ({
  missingMinor,
  recommendedMinor,
  periodFeeMinor,
  chargeMinor,
});

test("what is missing, a month and three, in whole rubles", () => {
  expect(topUpPresets(money(237_50n, 238_00n))).toEqual([
    { kind: "missing", amountMinor: 238_00n },
    { kind: "month", amountMinor: 650_00n },
    { kind: "quarter", amountMinor: 1_950_00n },
  ]);
  // 649.90 × 3 = 1949.70, up to a ruble
  expect(topUpPresets(money(0n, 0n, 649_90n))).toEqual([
    { kind: "month", amountMinor: 650_00n },
    { kind: "quarter", amountMinor: 1_950_00n },
  ]);
});

test("one sum is offered once, under the name that matters most", () => {
  expect(topUpPresets(money(650_00n, 650_00n)).map((preset) => preset.kind)).toEqual(["missing", "quarter"]);
});

test("a shortage of kopecks is rounded up to the smallest payment there is", () => {
  expect(topUpPresets(money(50n, 1_00n))[0]).toEqual({ kind: "missing", amountMinor: 10_00n });
});

test("after the last charge what is missing is a debt", () => {
  expect(topUpPresets(money(120_30n, 121_00n, 0n, 0n))).toEqual([{ kind: "debt", amountMinor: 121_00n }]);
});

test("what was promised comes first, and no more than three are offered", () => {
  // A promise of 618.33 was spent, and the next month needs 650.00 more.
  expect(topUpPresets(money(1_268_33n, 1_269_00n), 618_33n)).toEqual([
    { kind: "debt", amountMinor: 619_00n },
    { kind: "missing", amountMinor: 1_269_00n },
    { kind: "month", amountMinor: 650_00n },
  ]);
});

test("with nothing to charge, sums that people pay", () => {
  expect(topUpPresets(money(0n, 0n, 0n, 0n)).map((preset) => preset.amountMinor)).toEqual([
    300_00n,
    500_00n,
    1_000_00n,
  ]);
});

test("a sum that would be refused is not offered", () => {
  expect(topUpPresets(money(0n, 0n, 200_000_00n))).toEqual([{ kind: "month", amountMinor: 200_000_00n }]);
});
