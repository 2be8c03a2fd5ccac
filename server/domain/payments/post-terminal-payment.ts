import { sql } from "drizzle-orm";
import { payments } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { listAdvanceAccounts } from "@/server/domain/invoices";
import { postTransfers } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { openAdvancesOf, transferOf } from "./internal";
import { findPayable, findTerminalPayment, requireSame, type TerminalDone } from "./read-terminal-payment";
import type { KnownTerminal } from "./require-terminal";
import type { TerminalRequest } from "./rules/terminal-request";

/**
 * `pay`: posts what a terminal took, once for its id, however often and at whatever moment it is told of: whoever comes second
 * waits for the first and is given the first one's answer. Claim, payment, transfer, VAT of an advance, audit, event and the job
 * that settles the account are one transaction.
 *
 * Throws `terminal.conflict` when the id is another account's or sum's, `terminal.payment_reversed` when it was taken back, and
 * what `check` throws of an account; then nothing was taken.
 */
export async function postTerminalPayment(
  ctx: Context,
  terminal: KnownTerminal,
  request: TerminalRequest,
): Promise<TerminalDone> {
  requirePermission(ctx, "terminal:serve");
  const { txnId, amountMinor } = request;
  assertInvariant(txnId !== null && amountMinor !== null, "terminal.incomplete_request");
  return withTransaction(ctx, async (tx) => {
    const before = await repeatOf(tx, terminal, request);
    if (before) return before;
    const accountId = await findPayable(tx, request.accountNumber);
    const [id, receivedAt] = [tx.newId(), tx.now()];
    const [claim] = await rowsOf<{ number: string }>(
      tx,
      sql`
      insert into terminal_payments (terminal_id, txn_id, account_id, payment_id, amount_minor, received_at)
      values (${terminal.id}, ${txnId}, ${accountId}, ${id}, ${amountMinor.toString()}::bigint, ${receivedAt.toISOString()})
      on conflict (terminal_id, txn_id) do nothing returning number::text as number`,
    );
    if (!claim) {
      const meanwhile = await repeatOf(tx, terminal, request);
      assertInvariant(meanwhile, "terminal.claim_lost");
      return meanwhile;
    }
    const paidAt = request.paidAt ?? receivedAt;
    const bookedOn = dayIn(receivedAt, tx.zone);
    const money = { accountId, id, provider: terminal.code, amountMinor, paidAt, bookedOn };
    await tx.db.insert(payments).values({
      accountId,
      id,
      provider: terminal.code,
      providerPaymentId: txnId,
      idempotenceKey: `terminal:${terminal.id}:${txnId}`,
      amountMinor,
      state: "posted",
      startedAt: receivedAt,
      paidAt,
      postedAt: tx.now(),
    });
    await openAdvancesOf(tx, await listAdvanceAccounts(tx, [accountId]), [money]);
    await postTransfers(tx, [transferOf(money)]);
    await record(tx, {
      audit: [
        {
          action: "payment.post",
          entity: "payment",
          entityId: id,
          accountId,
          after: { state: "posted", amountMinor, terminal: terminal.code, txnId },
        },
      ],
      events: [
        {
          type: "payment.posted",
          accountId,
          payload: { paymentId: id, amountMinor, provider: terminal.code },
        },
      ],
    });
    return { payment: { number: BigInt(claim.number), amountMinor, receivedAt }, repeated: false };
  });
}

async function repeatOf(tx: Context, terminal: KnownTerminal, request: TerminalRequest): Promise<TerminalDone | null> {
  const found = await findTerminalPayment(tx, terminal, request.txnId);
  if (!found) return null;
  requireSame(found, request);
  if (found.reversedAt) throw new DomainError("conflict", "terminal.payment_reversed");
  return { payment: found, repeated: true };
}
