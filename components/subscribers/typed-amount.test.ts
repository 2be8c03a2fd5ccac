import { expect, test } from "vitest";
import { amountToType, typedAmount } from "./typed-amount";

test.each([
  ["650", 650_00n],
  ["1 250,5", 1_250_50n],
  ["1\u00A0250.05", 1_250_05n],
  ["0", 0n],
  ["", null],
  ["650,505", null],
  ["-5", null],
  ["1e3", null],
  ["₽650", null],
])("«%s» is %s kopecks", (text, minor) => {
  expect(typedAmount(text)).toBe(minor);
});

test("what stands in the field reads back as the same sum", () => {
  for (const minor of [0n, 5n, 50n, 650_00n, 1_250_05n]) expect(typedAmount(amountToType(minor))).toBe(minor);
});
