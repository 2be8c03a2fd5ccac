import { payments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { listAdvanceAccounts } from "@/server/domain/invoices";
import { claimPosting, postTransfers } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type GatewayContext, isOpen, lockPayment, openAdvancesOf, paymentKey, transferOf } from "./internal";
import type { GatewayPayment } from "./ports";
import { mismatchOf } from "./rules/verify-payment";

/**
 * Posts a payment that the provider's API told of as succeeded: the row, the transfer, the balance, the audit and
 * `payment.posted` (with the job that settles the account) in one transaction, once. False when it was posted before.
 *
 * Throws `precondition` (`payment.mismatch`, with what differs) when the provider's payment is not the one we asked for,
 * and `payment.not_succeeded` when there is no money.
 */
export async function postPayment(
  ctx: GatewayContext,
  key: { accountId: string; paymentId: string },
  told: GatewayPayment,
): Promise<boolean> {
  requirePermission(ctx, "payment:post");
  if (told.status !== "succeeded")
    throw new DomainError("precondition", "payment.not_succeeded", { status: told.status });
  return withTransaction(ctx, async (tx) => {
    const payment = await lockPayment(tx, key.accountId, key.paymentId);
    if (payment.state === "posted") return false;
    const mismatch = mismatchOf({ ...payment, paymentId: payment.id }, ctx.ports.gateway, told);
    if (mismatch) throw new DomainError("precondition", "payment.mismatch", { what: mismatch });
    const paidAt = told.capturedAt ?? told.createdAt;
    const bookedOn = dayIn(tx.now(), tx.zone);
    const [claimed, ahead] = await Promise.all([
      claimPosting(tx, payment.accountId, `payment:${payment.id}`, bookedOn),
      listAdvanceAccounts(tx, [payment.accountId]),
    ]);
    if (!claimed) return false;
    const money = { ...payment, paidAt, bookedOn };
    if (ahead.size > 0) await openAdvancesOf(tx, ahead, [money]);
    const change = {
      state: "posted",
      providerPaymentId: told.id,
      methodTitle: told.methodTitle,
      incomeMinor: told.incomeAmountMinor,
      isTest: told.test,
      paidAt,
      postedAt: tx.now(),
      askAt: null,
      failure: null,
    };
    await Promise.all([
      tx.db.update(payments).set(change).where(paymentKey(payment.accountId, payment.id)),
      postTransfers(tx, [transferOf(money)]),
      record(tx, {
        audit: [
          {
            action: "payment.post",
            entity: "payment",
            entityId: payment.id,
            accountId: payment.accountId,
            before: { state: payment.state, wasOpen: isOpen(payment) },
            after: { state: "posted", amountMinor: payment.amountMinor, providerPaymentId: told.id },
          },
        ],
        events: [
          {
            type: "payment.posted",
            accountId: payment.accountId,
            payload: { paymentId: payment.id, amountMinor: payment.amountMinor, provider: payment.provider },
          },
        ],
      }),
    ]);
    return true;
  });
}
