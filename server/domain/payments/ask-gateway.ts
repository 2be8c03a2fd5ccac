import { payments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { assertInvariant } from "@/server/kernel/errors";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type GatewayContext, isOpen, lockPayment, type PaymentRow, paymentKey, type StoredRequest } from "./internal";
import { type CollectRequest, GatewayError, type GatewayPayment } from "./ports";
import { nextAskAt } from "./rules/ask-again";

/**
 * Asks the provider to collect a payment that it has not confirmed yet, under the payment's stored key and body, and
 * writes down what it said. No transaction is open while it is asked. Silence makes the payment `unknown`, never failed.
 */
export async function askGateway(ctx: GatewayContext, payment: PaymentRow): Promise<void> {
  requirePermission(ctx, "payment:start");
  try {
    await writeAnswer(ctx, payment, await ctx.ports.gateway.createPayment(storedRequest(payment)));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await writeFailure(ctx, payment, error);
  }
}

function storedRequest(payment: PaymentRow): CollectRequest {
  assertInvariant(payment.request !== null, "payment.no_request");
  return {
    idempotenceKey: payment.idempotenceKey,
    amountMinor: payment.amountMinor,
    currency: "RUB",
    metadata: { paymentId: payment.id, accountId: payment.accountId },
    ...(payment.request as unknown as StoredRequest),
  };
}

async function writeAnswer(ctx: GatewayContext, payment: PaymentRow, told: GatewayPayment): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const current = await lockPayment(tx, payment.accountId, payment.id);
    if (!isOpen(current)) return;
    const change = {
      state: "pending",
      providerPaymentId: told.id,
      confirmationUrl: told.confirmationUrl,
      isTest: told.test,
      failure: null,
      askAt: nextAskAt(current.asks, tx.now()),
    };
    await tx.db.update(payments).set(change).where(paymentKey(payment.accountId, payment.id));
    await record(tx, {
      audit: [
        { action: "payment.ask", entity: "payment", entityId: payment.id, accountId: payment.accountId, after: change },
      ],
    });
  });
}

async function writeFailure(ctx: GatewayContext, payment: PaymentRow, error: GatewayError): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const current = await lockPayment(tx, payment.accountId, payment.id);
    // Another call under the same key was answered meanwhile: its answer stands.
    if (!isOpen(current) || current.providerPaymentId !== null) return;
    const over = error.kind === "declined" || error.kind === "not_found";
    const asks = current.asks + 1;
    const change = {
      state: over ? "failed" : "unknown",
      failure: error.code,
      asks,
      askAt: over ? null : nextAskAt(asks, tx.now()),
    };
    await tx.db.update(payments).set(change).where(paymentKey(payment.accountId, payment.id));
    await record(tx, {
      audit: [
        { action: "payment.ask", entity: "payment", entityId: payment.id, accountId: payment.accountId, after: change },
      ],
      events: [
        {
          type: over ? "payment.canceled" : "payment.unknown",
          accountId: payment.accountId,
          payload: { paymentId: payment.id, code: error.code },
        },
      ],
    });
  });
}
