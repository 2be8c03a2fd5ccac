import { expect, test } from "vitest";
import { readPhone } from "./read-phone";

test.each([
  ["8 (912) 345-67-41", "+79123456741"],
  ["+7 912 345 67 41", "+79123456741"],
  ["9123456741", "+79123456741"],
  ["3456741", null],
  ["нет", null],
])("the phone «%s» is %s", (text, phone) => expect(readPhone(text)).toBe(phone));
