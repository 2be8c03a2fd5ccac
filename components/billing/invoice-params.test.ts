import { expect, test } from "vitest";
import { invoicesHref, readInvoiceParams } from "./invoice-params";

test("an address without a month means the last one that is over", () => {
  expect(readInvoiceParams({}, "2026-11-25")).toEqual({ month: "2026-10", query: "" });
  expect(readInvoiceParams({}, "2026-01-01").month).toBe("2025-12");
});

test("what is not ours is left out", () => {
  expect(
    readInvoiceParams({ month: "2026-13", kind: "receipt", q: ["a"], after: "x".repeat(40) }, "2026-11-25"),
  ).toEqual({
    month: "2026-10",
    query: "",
  });
});

test("filters stand in the address, and a changed list starts from its first page", () => {
  const params = readInvoiceParams({ month: "2026-09", kind: "act", q: " Ромашка ", after: "1-50" }, "2026-11-25");
  expect(params).toEqual({ month: "2026-09", kind: "act", query: "Ромашка", after: "1-50" });
  expect(invoicesHref(params, { kind: undefined })).toBe(
    "/billing/invoices?month=2026-09&q=%D0%A0%D0%BE%D0%BC%D0%B0%D1%88%D0%BA%D0%B0",
  );
});
