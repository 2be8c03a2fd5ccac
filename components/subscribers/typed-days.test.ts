import { expect, test } from "vitest";
import { typedDays } from "./typed-days";

test.each([
  ["14", 14],
  [" 0 ", 0],
  ["", null],
  ["  ", null],
  ["-1", undefined],
  ["2.5", undefined],
  ["неделя", undefined],
  ["365", 365],
  ["366", undefined],
  ["1000", undefined],
])("«%s» is %s days", (text, days) => expect(typedDays(text)).toBe(days));
