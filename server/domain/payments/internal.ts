import { and, eq } from "drizzle-orm";
import { payments } from "@/db/schema";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import type { CollectRequest, PaymentGateway } from "./ports";

/** A context that can reach the payment provider. */
export type GatewayContext = Context & { readonly ports: { readonly gateway: PaymentGateway } };

export type PaymentRow = typeof payments.$inferSelect;

/** The part of a request that is not in the payment's own columns, written with the payment and never changed. */
export type StoredRequest = Pick<CollectRequest, "returnUrl" | "description" | "receipt">;

export const paymentKey = (accountId: string, paymentId: string) =>
  and(eq(payments.accountId, accountId), eq(payments.id, paymentId));

/** The payment under its row lock. Throws `not_found`. */
export async function lockPayment(tx: Context, accountId: string, paymentId: string): Promise<PaymentRow> {
  const [payment] = await tx.db.select().from(payments).where(paymentKey(accountId, paymentId)).for("update");
  if (!payment) throw new DomainError("not_found", "payment.not_found");
  return payment;
}

/** True while the provider may still change its mind about the payment. */
export function isOpen(payment: Pick<PaymentRow, "state">): boolean {
  return payment.state === "created" || payment.state === "unknown" || payment.state === "pending";
}
