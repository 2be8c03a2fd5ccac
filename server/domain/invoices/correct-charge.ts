import { and, eq } from "drizzle-orm";
import { adjustments } from "@/db/schema";
import { askApproval, requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { readSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { CORRECTION_ACT, INVOICE_SETTINGS } from "./constants";
import { recordCorrection } from "./internal";
import { CorrectChargeInput, type CorrectionOrder } from "./schema";
import { quoteCorrection, writeAdjustment } from "./write-adjustment";

export type Corrected =
  | { readonly kind: "done"; readonly adjustmentId: string; readonly amountMinor: Minor }
  | { readonly kind: "asked"; readonly approvalId: string; readonly amountMinor: Minor };

/**
 * Gives a subscriber back a charge, or a part of it: a new entry that names the line; the line stays. All corrections of a line
 * together never exceed it, in sum and in VAT. Above the setting `billing.correction_limit_minor` a person's correction waits for
 * another (`decideCorrection`). The same key again is the same correction.
 *
 * Throws `not_found` (`charge.not_found`), `precondition` (`correction.exceeds_line`, `correction.nothing_left`, `period.closed`),
 * `conflict` (`correction.key_reused`, `approval.already_waiting`).
 */
export async function correctCharge(ctx: Context, raw: CorrectChargeInput): Promise<Corrected> {
  const scope = requirePermission(ctx, "charge:correct");
  const order = CorrectChargeInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [order.accountId]);
    // First, so that two presses of one key come one after the other.
    await lockBalances(tx, [order.accountId]);
    const made = await findMade(tx, order);
    if (made) return { kind: "done", adjustmentId: order.requestKey, amountMinor: made };
    const [quote, { correctionLimitMinor }] = await Promise.all([
      quoteCorrection(tx, order),
      readSettings(tx, INVOICE_SETTINGS),
    ]);
    const { amountMinor } = quote.credit;
    if (tx.actor.kind === "user" && amountMinor > correctionLimitMinor) return ask(tx, order, amountMinor);
    await writeAdjustment(tx, order, quote);
    await recordCorrection(tx, "charge.correct", order, { ...quote.credit });
    return { kind: "done", adjustmentId: order.requestKey, amountMinor };
  });
}

/** The sum of the correction that this key has already made; null when it is new. */
async function findMade(tx: Context, order: CorrectionOrder): Promise<Minor | null> {
  const [row] = await tx.db
    .select()
    .from(adjustments)
    .where(and(eq(adjustments.accountId, order.accountId), eq(adjustments.id, order.requestKey)));
  if (!row) return null;
  const same =
    row.subscriptionId === order.subscriptionId &&
    row.term === order.term &&
    row.periodStart === order.periodStart &&
    row.kind === order.kind &&
    (order.amountMinor === null || row.amountMinor === order.amountMinor);
  if (!same) throw new DomainError("conflict", "correction.key_reused");
  return row.amountMinor;
}

async function ask(tx: Context, order: CorrectionOrder, amountMinor: Minor): Promise<Corrected> {
  const { accountId, subscriptionId, term, periodStart, kind } = order;
  const { approvalId } = await askApproval(tx, {
    id: order.requestKey,
    kind: CORRECTION_ACT,
    key: [accountId, subscriptionId, term, periodStart, kind].join(":"),
    accountId,
    // The sum is the one that was asked about: "all that is left" may be another one by then.
    input: { ...order, amountMinor: amountMinor.toString() },
    reason: order.note,
  });
  await record(tx, {
    audit: [
      {
        action: "charge.ask_correction",
        entity: "charge",
        entityId: approvalId,
        accountId,
        after: { ...order, amountMinor },
      },
    ],
  });
  return { kind: "asked", approvalId, amountMinor };
}
