import { and, eq, isNull, sql } from "drizzle-orm";
import { payments, webhookDeliveries } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { askGateway } from "./ask-gateway";
import { type GatewayContext, isOpen, lockPayment, type PaymentRow, paymentKey } from "./internal";
import { GatewayError, type GatewayPayment } from "./ports";
import { postPayment } from "./post-payment";
import { nextAskAt } from "./rules/ask-again";

export type SyncOutcome = "posted" | "already_posted" | "canceled" | "pending" | "unknown" | "not_ours" | "mismatch";

/**
 * Brings one payment in step with the provider: asks its API, then posts, cancels or waits. Called by webhooks, by the
 * poller and by people; however often, in whatever order, the payment ends the same.
 */
export async function syncPayment(
  ctx: GatewayContext,
  which: { providerPaymentId: string } | { accountId: string; paymentId: string },
): Promise<SyncOutcome> {
  requirePermission(ctx, "payment:post");
  const payment = await findPayment(ctx, which);
  const providerPaymentId =
    payment?.providerPaymentId ?? ("providerPaymentId" in which ? which.providerPaymentId : null);
  if (payment && !providerPaymentId) return askForUnknown(ctx, payment);
  if (!providerPaymentId) return "not_ours";
  let told: GatewayPayment;
  try {
    told = await ctx.ports.gateway.readPayment(providerPaymentId);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (payment?.state === "posted") return finishWebhooks(ctx, providerPaymentId, "already_posted");
    if (error.kind === "not_found" && !payment) return finishWebhooks(ctx, providerPaymentId, "not_ours");
    if (payment && (await postpone(ctx, payment))) return "unknown";
    // Nobody else would ask again: the queue does.
    throw error;
  }
  const ours = payment ?? (await findByMetadata(ctx, told));
  if (!ours) return finishWebhooks(ctx, providerPaymentId, "not_ours");
  return finishWebhooks(ctx, providerPaymentId, await settle(ctx, ours, told));
}

async function settle(ctx: GatewayContext, payment: PaymentRow, told: GatewayPayment): Promise<SyncOutcome> {
  if (told.status === "succeeded") {
    try {
      return (await postPayment(ctx, { accountId: payment.accountId, paymentId: payment.id }, told))
        ? "posted"
        : "already_posted";
    } catch (error) {
      if (!isDomainError(error) || error.reason !== "payment.mismatch") throw error;
      await setAside(ctx, payment, `mismatch:${String(error.details.what)}`);
      return "mismatch";
    }
  }
  if (told.status === "canceled") {
    await cancel(ctx, payment, told.cancellationReason);
    return payment.state === "posted" ? "already_posted" : "canceled";
  }
  await postpone(ctx, payment);
  return "pending";
}

async function findPayment(
  ctx: Context,
  which: { providerPaymentId: string } | { accountId: string; paymentId: string },
) {
  const where =
    "paymentId" in which
      ? paymentKey(which.accountId, which.paymentId)
      : and(eq(payments.provider, "yookassa"), eq(payments.providerPaymentId, which.providerPaymentId));
  const [payment] = await ctx.db.select().from(payments).where(where);
  return payment ?? null;
}

/** A webhook may overtake our own write of the provider's id: then the metadata, read from the API, names our payment. */
async function findByMetadata(ctx: Context, told: GatewayPayment): Promise<PaymentRow | null> {
  const { accountId, paymentId } = told.metadata;
  if (!isUuid(accountId) || !isUuid(paymentId)) return null;
  const [payment] = await ctx.db.select().from(payments).where(paymentKey(accountId, paymentId));
  return payment ?? null;
}

function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** The provider forgets a key after a day: from then on a repeat would be a second payment. */
const KEY_LIVES_MS = 23 * 3_600_000;

/**
 * The first call was never answered: it is repeated to the letter, which finds the payment or makes it. Once the key may
 * be forgotten it is not repeated: the payment stays `unknown` and an operator looks.
 */
async function askForUnknown(ctx: GatewayContext, payment: PaymentRow): Promise<SyncOutcome> {
  if (!isOpen(payment)) return payment.state === "posted" ? "already_posted" : "canceled";
  if (ctx.now().getTime() - payment.startedAt.getTime() > KEY_LIVES_MS) {
    await leaveToOperator(ctx, payment);
    return "unknown";
  }
  await askGateway(ctx, payment);
  return "unknown";
}

/** Sets when it is asked about next; false when it will not be by itself. */
async function postpone(ctx: GatewayContext, payment: PaymentRow): Promise<boolean> {
  const [open] = await ctx.db
    .update(payments)
    .set({ asks: payment.asks + 1, askAt: nextAskAt(payment.asks + 1, ctx.now()) })
    .where(and(paymentKey(payment.accountId, payment.id), sql`${payments.state} in ('created', 'unknown', 'pending')`))
    .returning({ askAt: payments.askAt });
  return open !== undefined && open.askAt !== null;
}

async function cancel(ctx: GatewayContext, { accountId, id }: PaymentRow, reason: string | null): Promise<void> {
  await finish(ctx, accountId, id, { state: "canceled", failure: reason });
}

async function setAside(ctx: GatewayContext, { accountId, id }: PaymentRow, failure: string): Promise<void> {
  await finish(ctx, accountId, id, { state: "failed", failure });
}

async function leaveToOperator(ctx: GatewayContext, { accountId, id }: PaymentRow): Promise<void> {
  await finish(ctx, accountId, id, { state: "unknown", failure: "key_expired" });
}

/** Ends the asking. A payment that came to its end, or was answered, meanwhile is left as it is. */
async function finish(
  ctx: GatewayContext,
  accountId: string,
  paymentId: string,
  change: { state: "canceled" | "failed" | "unknown"; failure: string | null },
): Promise<void> {
  requirePermission(ctx, "payment:post");
  await withTransaction(ctx, async (tx) => {
    const current = await lockPayment(tx, accountId, paymentId);
    if (!isOpen(current) || (change.state === "unknown" && current.providerPaymentId !== null)) return;
    await tx.db
      .update(payments)
      .set({ ...change, askAt: null })
      .where(paymentKey(accountId, paymentId));
    await record(tx, {
      audit: [
        {
          action: "payment.finish",
          entity: "payment",
          entityId: paymentId,
          accountId,
          before: { state: current.state },
          after: change,
        },
      ],
      events: [
        {
          type: change.state === "unknown" ? "payment.unknown" : "payment.canceled",
          accountId,
          payload: { paymentId, ...change },
        },
      ],
    });
  });
}

/** The deliveries that asked for this reading are done with. */
async function finishWebhooks(ctx: Context, providerPaymentId: string, outcome: SyncOutcome): Promise<SyncOutcome> {
  await ctx.db
    .update(webhookDeliveries)
    .set({ processedAt: ctx.now(), outcome })
    .where(
      and(
        eq(webhookDeliveries.provider, "yookassa"),
        eq(webhookDeliveries.objectId, providerPaymentId),
        isNull(webhookDeliveries.processedAt),
      ),
    );
  return outcome;
}
