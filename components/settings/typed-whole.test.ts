import { expect, test } from "vitest";
import { typedWhole } from "./typed-whole";

test.each([
  ["14", 14],
  [" 1 ", 1],
  ["366", 366],
])("«%s» is %d", (text, number) => expect(typedWhole(text, [1, 366])).toBe(number));

test.each(["", "-1", "1,5", "ten", "1 0", "0", "367"])("«%s» is no whole number from 1 to 366", (text) => {
  expect(typedWhole(text, [1, 366])).toBeNull();
});
