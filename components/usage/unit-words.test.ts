import { expect, test } from "vitest";
import ru from "@/components/i18n/messages/ru/usage.json";
import { exactWords, measureWords, perWords, recordWords, unitWords } from "./unit-words";

const t = ((key: string) => ru.unit[key.slice("unit.".length) as keyof typeof ru.unit]) as never;
const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, " ");

test.each([
  ["450", "minute", "7,5 мин"],
  ["100", "minute", "1,67 мин"],
  ["1572864", "megabyte", "1,5 МБ"],
  ["12", "piece", "12 шт."],
  ["125050", "ruble", "1 250,50 ₽"],
] as const)("%s of a %s is said as «%s»", (units, unit, words) => {
  expect(plain(unitWords(units, unit, t, "ru"))).toBe(words);
});

test.each([
  [20n, "0:20"],
  [280n, "4:40"],
  [3725n, "1:02:05"],
])("a call of %s seconds lasts %s", (units, words) => {
  expect(recordWords(units, "minute", t, "ru")).toBe(words);
  expect(measureWords(units, "second", t, "ru")).toBe(words);
});

test("a price is for one unit, or for so many", () => {
  expect(plain(perWords("1", "minute", t, "ru"))).toBe("мин");
  expect(plain(perWords("100", "megabyte", t, "ru"))).toBe("100 МБ");
  expect(plain(perWords("1", "ruble", t, "ru"))).toBe("1 ₽");
});

test("parts of a kopeck are shown, whole sums as money", () => {
  expect(plain(exactWords("1125", "ru"))).toBe("11,25 ₽");
  expect(plain(exactWords("50.5", "ru"))).toBe("0,505 ₽");
  expect(plain(exactWords("-10.5", "ru"))).toBe("−0,105 ₽");
});
