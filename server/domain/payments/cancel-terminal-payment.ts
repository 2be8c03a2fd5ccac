import { and, eq } from "drizzle-orm";
import { payments, terminalPayments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { cancelAdvance } from "@/server/domain/invoices";
import { CUSTOMER, cashCode, lockBalances, postTransfers } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { paymentKey } from "./internal";
import { findTerminalPayment, requireSame, type TerminalDone } from "./read-terminal-payment";
import type { KnownTerminal } from "./require-terminal";
import { reversalRefusal } from "./rules/reversal";
import type { TerminalRequest } from "./rules/terminal-request";

/**
 * `cancel`: takes a terminal's payment back by an entry of its own, never by touching the first. Told again it answers as the
 * first time. Throws `terminal.payment_not_found`, `terminal.conflict` when account or sum are told and differ, and
 * `terminal.cancel_refused` (with why) when the day is over, the money is spent or its VAT stands in a document.
 */
export async function cancelTerminalPayment(
  ctx: Context,
  terminal: KnownTerminal,
  request: TerminalRequest,
): Promise<TerminalDone> {
  requirePermission(ctx, "terminal:serve");
  return withTransaction(ctx, async (tx) => {
    const found = await findTerminalPayment(tx, terminal, request.txnId, true);
    if (!found) throw new DomainError("not_found", "terminal.payment_not_found");
    requireSame(found, request);
    if (found.reversedAt) return { payment: found, repeated: true };
    const { accountId, paymentId, amountMinor, receivedAt } = found;
    const balances = await lockBalances(tx, [accountId]);
    const [now, today] = [tx.now(), dayIn(tx.now(), tx.zone)];
    const receivedOn = dayIn(receivedAt, tx.zone);
    const balanceMinor = balances.get(accountId) ?? 0n;
    const refusal = reversalRefusal({ amountMinor, receivedOn, today, balanceMinor });
    if (refusal) throw new DomainError("precondition", "terminal.cancel_refused", { why: refusal });
    if (!(await cancelAdvance(tx, { accountId, paymentId, bookedOn: today })))
      throw new DomainError("precondition", "terminal.cancel_refused", { why: "documented" });
    await postTransfers(tx, [
      {
        accountId,
        debit: CUSTOMER,
        credit: cashCode(terminal.code),
        amountMinor,
        kind: "payment_reversal",
        bookedOn: today,
        occurredAt: now,
        subjectId: paymentId,
      },
    ]);
    const change = { state: "canceled", failure: "reversed" };
    await tx.db.update(payments).set(change).where(paymentKey(accountId, paymentId));
    await tx.db
      .update(terminalPayments)
      .set({ reversedAt: now })
      .where(and(eq(terminalPayments.terminalId, terminal.id), eq(terminalPayments.txnId, request.txnId ?? "")));
    await record(tx, {
      audit: [
        {
          action: "payment.reverse",
          entity: "payment",
          entityId: paymentId,
          accountId,
          before: { state: "posted" },
          after: { ...change, amountMinor, terminal: terminal.code, txnId: request.txnId },
        },
      ],
      events: [
        {
          type: "payment.reversed",
          accountId,
          payload: { paymentId, amountMinor, provider: terminal.code },
        },
      ],
    });
    return { payment: found, repeated: false };
  });
}
