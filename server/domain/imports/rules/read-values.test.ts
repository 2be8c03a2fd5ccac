import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAmount } from "@/server/kernel/money";
import { loginFrom, readAddress, readAmount, readDate, readEmail, readMonths } from "./read-values";

describe("sums as files write them", () => {
  test.each([
    ["29.85", 2985n],
    ["29,85", 2985n],
    ["1889.5", 188950n],
    ["1 889,50", 188950n],
    ["1\u00A0234\u202F567,8", 123456780n],
    ["-12,3", -1230n],
    ["−5", -500n],
    ["0", 0n],
  ])("«%s» is %s kopecks", (text, amount) => expect(readAmount(text, "auto")).toBe(amount));

  test.each(["", " ", "abc", "12.345", "1,234", "1,234.56", "1.2.3", "12р", "1e3", "--1", "12 34", "NaN", "0x10"])(
    "«%s» is not a sum",
    (text) => expect(readAmount(text, "auto")).toBeNull(),
  );

  test("a mark the mapping does not allow is refused, not guessed", () => {
    expect(readAmount("29,85", ".")).toBeNull();
    expect(readAmount("29.85", ",")).toBeNull();
    expect(readAmount("29", ",")).toBe(2900n);
  });

  test("whatever is written comes back the same, with either mark", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (amount) => {
        const text = formatAmount(amount);
        expect(readAmount(text, "auto")).toBe(amount);
        expect(readAmount(text.replace(".", ","), ",")).toBe(amount);
      }),
    );
  });
});

test.each([
  ["05.03.2024", "2024-03-05"],
  ["5.3.2024", "2024-03-05"],
  ["2024-03-05", "2024-03-05"],
  ["05.03.2024 10:15", "2024-03-05"],
  ["31.02.2024", null],
  ["03/05/2024", null],
  ["вчера", null],
])("the date «%s» is %s", (text, date) => expect(readDate(text, ["DD.MM.YYYY", "YYYY-MM-DD"])).toBe(date));

test.each([
  ["34", 34],
  ["0", 0],
  ["-1", null],
  ["1.5", null],
  ["", null],
])("«%s» months is %s", (text, months) => expect(readMonths(text)).toBe(months));

test.each([
  ["614000, г. Пермь, ул. Лесная, д. 14, кв. 37", { city: "Пермь", street: "ул. Лесная", house: "14", flat: "37" }],
  ["Пермь, ул. Лесная, 14А", { city: "Пермь", street: "ул. Лесная", house: "14А", flat: null }],
  [
    "Пермский край, г. Лысьва, пр-т Победы, д.5/2, оф. 3",
    { city: "Пермский край, г. Лысьва", street: "пр-т Победы", house: "5/2", flat: "3" },
  ],
  ["Гагарин, ул. Гоголя, дом 1", { city: "Гагарин", street: "ул. Гоголя", house: "1", flat: null }],
  ["ул. Лесная, 14", null],
  ["Пермь", null],
])("the address «%s»", (text, address) => expect(readAddress(text)).toEqual(address));

test.each([
  ["7590-VHVEG", "7590-vhveg"],
  ["ЛС-1045", "ls-1045"],
  ["Л/С № 12", "l-s-12"],
  ["№", null],
])("the login of account «%s» is %s", (number, login) => expect(loginFrom(number)).toBe(login));

test.each([
  ["Anna@Example.RU", "anna@example.ru"],
  ["anna@", null],
  ["anna@example", null],
  ["анна@пример.рф", null],
])("the e-mail «%s» is %s", (text, email) => expect(readEmail(text)).toBe(email));
