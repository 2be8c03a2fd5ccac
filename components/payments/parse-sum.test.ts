import { expect, test } from "vitest";
import { parseSum, sumText } from "./parse-sum";

test.each([
  ["500", 500_00n],
  ["499,50", 499_50n],
  ["499.5", 499_50n],
  ["1 250,50", 1_250_50n],
  ["1\u00a0250 ₽", 1_250_00n],
  [" 10 ", 10_00n],
  ["250000", 250_000_00n],
])("«%s» is a sum", (text, amountMinor) => {
  expect(parseSum(text)).toEqual({ amountMinor });
});

test.each([
  ["", "payment.amount_malformed"],
  ["рублей", "payment.amount_malformed"],
  ["-500", "payment.amount_malformed"],
  ["1e5", "payment.amount_malformed"],
  ["10,505", "payment.amount_malformed"],
  ["0x10", "payment.amount_malformed"],
  ["9,99", "payment.amount_too_small"],
  ["0", "payment.amount_too_small"],
  ["250000,01", "payment.amount_too_large"],
  ["999999999", "payment.amount_too_large"],
])("«%s» is refused: %s", (text, error) => {
  expect(parseSum(text)).toEqual({ error });
});

test.each([10_00n, 1_238_50n, 499_05n, 250_000_00n])("%d kopecks written as a sum are read back", (amountMinor) => {
  expect(parseSum(sumText(amountMinor))).toEqual({ amountMinor });
});
