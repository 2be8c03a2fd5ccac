import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { dayWords, moneyWords, sumsWords } from "./message-words";

test.each([
  [1_250_50n, "1\u00A0250,50\u00A0₽", "1,250.50\u00A0₽"],
  [300_00n, "300\u00A0₽", "300\u00A0₽"],
  [-1_234_567_05n, "−1\u00A0234\u00A0567,05\u00A0₽", "−1,234,567.05\u00A0₽"],
  [0n, "0\u00A0₽", "0\u00A0₽"],
])("%d kopecks in words", (minor, ru, en) => {
  expect([moneyWords(minor, "ru"), moneyWords(minor, "en")]).toEqual([ru, en]);
});

test.each([
  [
    { feeMinor: 100_00n, chargeMinor: 600_00n, returnedMinor: 400_00n },
    "за смену тарифа списано 100\u00A0₽, по новому тарифу списано 600\u00A0₽, возвращено 400\u00A0₽",
    "charged for the change: 100\u00A0₽, charged at the new price: 600\u00A0₽, returned: 400\u00A0₽",
  ],
  [{ feeMinor: 0n, chargeMinor: 0n, returnedMinor: 50_00n }, "возвращено 50\u00A0₽", "returned: 50\u00A0₽"],
  [{ feeMinor: 0n, chargeMinor: 0n, returnedMinor: 0n }, "ничего не списано", "nothing was charged"],
])("%o is said in words", (moved, ru, en) => {
  expect([sumsWords(moved, "ru"), sumsWords(moved, "en")]).toEqual([ru, en]);
});

test("a day is named in the reader's language", () => {
  expect(dayWords("2026-12-01" as Day, "ru")).toBe("1\u00A0декабря");
  expect(dayWords("2026-12-01" as Day, "en")).toBe("1\u00A0December");
});
