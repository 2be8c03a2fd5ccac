import { describe, expect, it } from "vitest";
import { parseNotification, parsePayment } from "./wire-schema";

const SUCCEEDED = {
  id: "2d8a1f3c-000f-5000-8000-1f2e3d4c5b6a",
  status: "succeeded",
  paid: true,
  test: false,
  amount: { value: "1000.50", currency: "RUB" },
  income_amount: { value: "966.32", currency: "RUB" },
  recipient: { account_id: "100500", gateway_id: "1" },
  metadata: { payment: "p1", empty: null },
  created_at: "2026-11-22T10:00:00.000Z",
  captured_at: "2026-11-22T13:01:02.345+03:00",
  payment_method: {
    type: "bank_card",
    id: "m",
    saved: false,
    status: "inactive",
    title: "Bank card *4477",
    card: { last4: "4477" },
  },
  refundable: true,
  something_new: { of: "tomorrow" },
};

describe("a payment on the wire", () => {
  it("becomes ours: kopecks, instants, nulls for what is absent", () => {
    expect(parsePayment(SUCCEEDED)).toEqual({
      id: SUCCEEDED.id,
      status: "succeeded",
      paid: true,
      test: false,
      amountMinor: 100_050n,
      currency: "RUB",
      incomeAmountMinor: 96_632n,
      shopId: "100500",
      metadata: { payment: "p1" },
      confirmationUrl: null,
      createdAt: new Date("2026-11-22T10:00:00.000Z"),
      capturedAt: new Date("2026-11-22T10:01:02.345Z"),
      methodTitle: "bank_card *4477",
      cancellationReason: null,
    });
  });

  it.each(["1000,50", "1 000.50", "1000.505", "-1000.50", "1e3", "", "0x10", "１０００.00"])(
    "is refused with the amount %j",
    (value) => {
      expect(parsePayment({ ...SUCCEEDED, amount: { value, currency: "RUB" } })).toBeNull();
    },
  );

  it.each([
    ["a number for an amount", { amount: { value: 1000.5, currency: "RUB" } }],
    ["an unknown status", { status: "refunded" }],
    ["a short id", { id: "1" }],
    ["no recipient", { recipient: undefined }],
    ["paid as a word", { paid: "true" }],
    ["no test flag", { test: undefined }],
    ["an income in another currency", { income_amount: { value: "966.32", currency: "USD" } }],
    ["a date without a zone", { created_at: "2026-11-22T10:00:00" }],
    ["a page address that a browser would run", { confirmation: { confirmation_url: "javascript:alert(1)" } }],
  ])("is refused with %s", (_name, change) => {
    expect(parsePayment({ ...SUCCEEDED, ...change })).toBeNull();
  });

  it.each([[null], [undefined], ["<html>"], [[]], [42], [{}]])("is not %j", (body) => {
    expect(parsePayment(body)).toBeNull();
  });
});

describe("a notification", () => {
  it("tells which payment to read again and nothing else", () => {
    expect(parseNotification({ type: "notification", event: "payment.succeeded", object: SUCCEEDED })).toEqual({
      event: "payment.succeeded",
      objectId: SUCCEEDED.id,
      paymentId: SUCCEEDED.id,
    });
  });

  it("of a refund points at the payment that was refunded", () => {
    const object = { id: "refund-1", payment_id: SUCCEEDED.id };
    expect(parseNotification({ type: "notification", event: "refund.succeeded", object })?.paymentId).toBe(
      SUCCEEDED.id,
    );
  });

  it("of a saved method points at no payment", () => {
    const object = { id: "method-1" };
    expect(parseNotification({ type: "notification", event: "payment_method.active", object })?.paymentId).toBeNull();
  });

  it.each([
    ["another type", { type: "event", event: "payment.succeeded", object: SUCCEEDED }],
    ["an unknown event", { type: "notification", event: "payment.exploded", object: SUCCEEDED }],
    ["no object", { type: "notification", event: "payment.succeeded" }],
    [
      "an id that is a path",
      { type: "notification", event: "payment.succeeded", object: { id: "../payouts/2d8a1f3c" } },
    ],
    ["a long id", { type: "notification", event: "payment.succeeded", object: { id: "a".repeat(65) } }],
  ])("is refused with %s", (_name, body) => {
    expect(parseNotification(body)).toBeNull();
  });
});
