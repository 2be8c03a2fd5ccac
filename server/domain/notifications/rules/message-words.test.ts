import { expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { dayWords, moneyWords } from "./message-words";

test.each([
  [1_250_50n, "1\u00A0250,50\u00A0₽", "1,250.50\u00A0₽"],
  [300_00n, "300\u00A0₽", "300\u00A0₽"],
  [-1_234_567_05n, "−1\u00A0234\u00A0567,05\u00A0₽", "−1,234,567.05\u00A0₽"],
  [0n, "0\u00A0₽", "0\u00A0₽"],
])("%d kopecks in words", (minor, ru, en) => {
  expect([moneyWords(minor, "ru"), moneyWords(minor, "en")]).toEqual([ru, en]);
});

test("a day is named in the reader's language", () => {
  expect(dayWords("2026-12-01" as Day, "ru")).toBe("1\u00A0декабря");
  expect(dayWords("2026-12-01" as Day, "en")).toBe("1\u00A0December");
});
