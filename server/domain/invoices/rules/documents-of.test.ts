import { describe, expect, test } from "vitest";
import type { Day } from "@/server/kernel/day";
import { documentNumber, documentSlug, placeOfSlug } from "./document-number";
import { documentsOf, dueOnOf } from "./documents-of";

const day = "2026-10-31" as Day;

describe("a month's documents", () => {
  test.each([
    ["person", 650_00n, ["invoice"]],
    ["company", 650_00n, ["invoice", "act"]],
    ["sole_trader", 1n, ["invoice", "act"]],
    ["company", 0n, []],
    ["person", 0n, []],
    ["person", -1n, ["credit_note"]],
    ["company", -650_00n, ["credit_note"]],
  ] as const)("of a %s with %s kopecks are %j", (customer, total, kinds) => {
    expect(documentsOf(customer, total)).toEqual(kinds);
  });

  test.each([
    ["an invoice of an account in debt has its day, counted from its own", "invoice", 14, -1n, "2026-11-14"],
    ["an invoice that the balance has covered asks for nothing", "invoice", 14, 0n, null],
    ["a payment request always has its day", "payment_request", 0, 500n, "2026-10-31"],
    ["an act has none", "act", 14, -1n, null],
    ["a credit note has none", "credit_note", 14, -1n, null],
  ] as const)("%s", (_, kind, term, balance, due) => {
    expect(dueOnOf(kind, day, term, balance)).toBe(due);
  });
});

describe("a document's number and address", () => {
  test("carry the kind and the year of its day", () => {
    expect(documentNumber("invoice", day, 42)).toBe("С-2026-000042");
    expect(documentNumber("act", day, 1_234_567)).toBe("А-2026-1234567");
  });

  test("an address is read back as it was written, and nothing else is", () => {
    const place = { month: "2026-10-01" as Day, kind: "payment_request", ordinal: 12 } as const;
    expect(placeOfSlug(documentSlug(place))).toEqual(place);
    for (const slug of ["", "2026-13-invoice-0", "2026-10-receipt-0", "2026-10-invoice-", "2026-10-invoice-0/.."])
      expect(placeOfSlug(slug)).toBeNull();
  });
});
