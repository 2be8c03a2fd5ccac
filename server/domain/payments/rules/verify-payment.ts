import type { Minor } from "@/server/kernel/money";
import type { GatewayPayment } from "../ports";

export interface ExpectedPayment {
  readonly accountId: string;
  readonly paymentId: string;
  readonly providerPaymentId: string | null;
  readonly amountMinor: Minor;
  readonly currency: string;
}

/** What this installation accepts: one shop, and test payments only from the test provider. */
export interface ExpectedShop {
  readonly shopId: string;
  readonly testMode: boolean;
}

export type PaymentMismatch = "id" | "amount" | "currency" | "shop" | "metadata" | "test_flag" | "not_paid";

/**
 * What differs between the payment we asked for and the one the provider's API tells of; null when all agree. Anything
 * that differs is not posted: an operator looks at it.
 */
export function mismatchOf(
  expected: ExpectedPayment,
  shop: ExpectedShop,
  told: GatewayPayment,
): PaymentMismatch | null {
  if (expected.providerPaymentId !== null && expected.providerPaymentId !== told.id) return "id";
  if (told.metadata.paymentId !== expected.paymentId || told.metadata.accountId !== expected.accountId)
    return "metadata";
  if (told.amountMinor !== expected.amountMinor) return "amount";
  if (told.currency !== expected.currency) return "currency";
  if (told.shopId !== null && told.shopId !== shop.shopId) return "shop";
  if (told.test !== shop.testMode) return "test_flag";
  if (told.status === "succeeded" && !told.paid) return "not_paid";
  return null;
}
