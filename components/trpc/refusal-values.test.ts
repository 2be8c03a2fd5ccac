import { expect, test } from "vitest";
import { refusalValues } from "./refusal-values";

test("days, months and kopecks of a refusal are written as the reader writes them", () => {
  const details = { from: "2026-12-01", month: "2026-10", leftMinor: "5000", accounts: 3, to: null, what: "fee" };
  expect(refusalValues(details, "ru")).toEqual({
    from: "1\u00a0декабря 2026",
    month: "октябрь 2026",
    leftMinor: "50,00\u00a0₽",
    accounts: 3,
    to: "none",
    what: "fee",
  });
  expect(refusalValues(details, "en")).toMatchObject({ month: "October 2026", leftMinor: "50.00\u00a0₽" });
});
