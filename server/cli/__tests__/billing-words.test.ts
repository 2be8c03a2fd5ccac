import { expect, test } from "vitest";
import { DomainError } from "@/server/kernel/errors";
import { failureText, refusalText } from "../billing-words";

test("a run that a closed book stopped says the month and what to do", () => {
  const text = failureText("period.closed", "2026-07");
  expect(text).toContain("the book of 2026-07 is closed");
  expect(text).toContain("npm run billing -- resume --period 2026-07");
  expect(text).toContain("npm run billing -- cancel --period 2026-07");
});

test.each(["period.closed", "charge.failed", "invoice.before_first", "tariff.no_price", "vat.no_rate"])(
  "%s is told in words, not by its code",
  (reason) => {
    const words = failureText(reason, "2026-07");
    expect(words).not.toContain(reason);
    expect(words).toContain("npm run billing -- resume --period 2026-07");
  },
);

test("a refusal of a month whose book is closed says the month and what to do", () => {
  const error = new DomainError("precondition", "period.closed", { month: "2026-07" });
  expect(refusalText(error, "2026-07")).toMatch(/book of 2026-07 is closed.*reopened under Billing, Periods/);
});
