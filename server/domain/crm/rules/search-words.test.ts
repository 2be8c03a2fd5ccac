import { describe, expect, test } from "vitest";
import { documentWords, searchQuery, wholeNumber } from "./search-words";

const anna = {
  accountNumber: "100 2457",
  contractNumber: "2021/1187",
  name: "Семёнова Анна",
  phone: "+79121234541",
  email: "anna.s@mail.ru",
  address: "Пермь, ул. Лесная, 14, кв. 37",
};

describe("what an account is found by", () => {
  test("name loses its ё, numbers are kept split and whole, the phone is kept three ways", () => {
    expect(documentWords(anna)).toEqual(
      expect.arrayContaining([
        "семенова",
        "анна",
        "100",
        "2457",
        "1002457",
        "20211187",
        "79121234541",
        "9121234541",
        "1234541",
        "лесная",
        "37",
        "mail",
      ]),
    );
  });

  test.each([
    ["8 912 123-45-41", "'79121234541':* | ('8':* & '912':* & '123':* & '45':* & '41':*)"],
    ["89121234541", "'79121234541':*"],
    ["+7 (912) 123", "'7912123':* | ('7':* & '912':* & '123':*)"],
    ["Лесная 14", "'лесная':* & '14':*"],
    ["СЕМЁ", "'семе':*"],
    ["14 37", "'14':* & '37':*"],
    ["' | & : *", null],
    ["а", null],
  ])("%s is asked for as %s", (typed, query) => {
    expect(searchQuery(typed)).toBe(query);
  });
});

test.each([
  ["100 2457", { number: "1002457", phone: null }],
  ["УТ-24-100200", { number: "ут24100200", phone: null }],
  ["8 (912) 123-45-41", { number: "89121234541", phone: "+79121234541" }],
  ["9121234541", { number: "9121234541", phone: "+79121234541" }],
  ["1 912 123-45-41", { number: "19121234541", phone: null }],
])("%s is the whole number %j", (typed, whole) => {
  expect(wholeNumber(typed)).toEqual(whole);
});
