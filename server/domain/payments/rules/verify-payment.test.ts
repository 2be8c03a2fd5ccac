import { expect, test } from "vitest";
import type { GatewayPayment } from "../ports";
import { mismatchOf } from "./verify-payment";

const expected = { accountId: "a", paymentId: "p", providerPaymentId: "y1", amountMinor: 50_000n, currency: "RUB" };
const shop = { shopId: "100500", testMode: false };
const told: GatewayPayment = {
  id: "y1",
  status: "succeeded",
  paid: true,
  test: false,
  amountMinor: 50_000n,
  currency: "RUB",
  incomeAmountMinor: 48_250n,
  shopId: "100500",
  metadata: { accountId: "a", paymentId: "p" },
  confirmationUrl: null,
  createdAt: new Date(0),
  capturedAt: new Date(1),
  methodTitle: null,
  cancellationReason: null,
};

test("a payment that is what we asked for is accepted", () => {
  expect(mismatchOf(expected, shop, told)).toBeNull();
});

test.each([
  ["another payment's id", { id: "y2" }, "id"],
  ["a smaller sum", { amountMinor: 49_999n }, "amount"],
  ["another currency", { currency: "USD" }, "currency"],
  ["another shop", { shopId: "100501" }, "shop"],
  ["another account in the metadata", { metadata: { accountId: "b", paymentId: "p" } }, "metadata"],
  ["no metadata", { metadata: {} }, "metadata"],
  ["a test payment in a real shop", { test: true }, "test_flag"],
  ["succeeded without being paid", { paid: false }, "not_paid"],
] as const)("%s is not", (_name, change, mismatch) => {
  expect(mismatchOf(expected, shop, { ...told, ...change })).toBe(mismatch);
});
