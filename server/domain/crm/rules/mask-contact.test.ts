import { expect, test } from "vitest";
import { maskEmail, maskPhone } from "./mask-contact";

test.each([
  ["+79123456741", "+7 912 ··· ·· 41"],
  ["+4915112345678", "··· 78"],
  ["12", "··· 12"],
])("the phone %s is shown as %s", (phone, shown) => {
  expect(maskPhone(phone).replaceAll("\u00A0", " ")).toBe(shown);
});

test.each([
  ["anna.kravtsova@mail.ru", "a···@mail.ru"],
  ["x@y.org", "x···@y.org"],
  ["@broken", "···"],
  ["broken", "···"],
])("the address %s is shown as %s", (email, shown) => {
  expect(maskEmail(email)).toBe(shown);
});
