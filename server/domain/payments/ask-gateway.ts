import { payments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { formatAmount } from "@/server/kernel/money";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type GatewayContext, isOpen, lockPayment, type PaymentRow, paymentKey } from "./internal";
import { type CollectRequest, GatewayError, type GatewayPayment } from "./ports";
import { readPayer } from "./read-payer";
import { nextAskAt } from "./rules/ask-again";

/**
 * Asks the provider to collect a payment that it has not confirmed yet, under the payment's stored key and body, and
 * writes down what it said. No transaction is open while it is asked. Silence makes the payment `unknown`, never failed.
 */
export async function askGateway(ctx: GatewayContext, payment: PaymentRow, returnUrl?: string): Promise<void> {
  requirePermission(ctx, "payment:start");
  const request = await storedRequest(ctx, payment, returnUrl);
  try {
    await writeAnswer(ctx, payment, await ctx.ports.gateway.createPayment(request));
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    await writeFailure(ctx, payment, error);
  }
}

/** The body is written once, before the first call, and read back for every repeat. */
async function storedRequest(ctx: GatewayContext, payment: PaymentRow, returnUrl?: string): Promise<CollectRequest> {
  const stored = payment.request as {
    returnUrl: string;
    description: string;
    receipt: CollectRequest["receipt"];
  } | null;
  const body = stored ?? (await newRequest(ctx, payment, returnUrl));
  return {
    idempotenceKey: payment.idempotenceKey,
    amountMinor: payment.amountMinor,
    currency: "RUB",
    metadata: { paymentId: payment.id, accountId: payment.accountId },
    ...body,
  };
}

async function newRequest(ctx: GatewayContext, payment: PaymentRow, returnUrl = "") {
  const payer = await readPayer(ctx, payment.accountId);
  const contact = { ...(payer.email ? { email: payer.email } : {}), ...(payer.phone ? { phone: payer.phone } : {}) };
  const body = {
    returnUrl,
    description: `Пополнение Л/С ${payer.accountNumber} на ${formatAmount(payment.amountMinor)} ₽`,
    receipt: payer.email || payer.phone ? { contact } : null,
  };
  await ctx.db.update(payments).set({ request: body }).where(paymentKey(payment.accountId, payment.id));
  return body;
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
    if (!isOpen(current)) return;
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
