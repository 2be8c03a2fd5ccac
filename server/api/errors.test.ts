import { expect, test } from "vitest";
import { z } from "zod";
import { CorrectChargeInput } from "@/server/domain/invoices";
import { DomainError } from "@/server/kernel/errors";
import { refusalOf } from "./errors";

const id = "00000000-0000-4000-8000-000000000000";
const key = { accountId: id, subscriptionId: id, periodStart: "2026-10-01", reason: "outage", requestKey: id };
const fieldsOf = (schema: z.ZodType, input: unknown) => refusalOf(schema.safeParse(input).error).fields;

test.each([0n, -5n, "сто", 12.5, undefined])("a correction of %s is told its name at its field", (amountMinor) => {
  expect(fieldsOf(CorrectChargeInput, { ...key, amountMinor, note: "сутки без связи" })).toEqual({
    amountMinor: "correction.not_positive",
  });
});

test("every failed field is told, by the name of ours or by the code of the check", () => {
  expect(fieldsOf(CorrectChargeInput, { ...key, subscriptionId: "x", amountMinor: 0n, note: "да" })).toEqual({
    subscriptionId: "invalid_format",
    amountMinor: "correction.not_positive",
    note: "reason.too_short",
  });
});

test("of several checks that one field failed the first is told", () => {
  const schema = z.object({
    code: z.string().min(3, { error: "code.too_short" }).regex(/^\d+$/, { error: "code.odd" }),
  });
  expect(fieldsOf(schema, { code: "x" })).toEqual({ code: "code.too_short" });
});

test("a verb's refusal stands at the field that it names, and the rest of the details come along", () => {
  const error = new DomainError("invalid", "price.backdated", { field: "validFrom", earliestOn: "2026-11-25" });
  expect(refusalOf(error)).toEqual({
    kind: "invalid",
    reason: "price.backdated",
    details: { field: "validFrom", earliestOn: "2026-11-25" },
    fields: { validFrom: "price.backdated" },
  });
});
