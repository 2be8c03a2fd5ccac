import { and, eq, inArray, sql } from "drizzle-orm";
import { adjustments } from "@/db/schema";
import { askApproval, requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { readSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { CORRECTION_ACT, CORRECTION_REASONS, INVOICE_SETTINGS } from "./constants";
import { recordCorrection } from "./internal";
import { listCorrections } from "./list-corrections";
import { CorrectChargeInput, type CorrectionOrder } from "./schema";
import { quoteCorrection, writeAdjustment } from "./write-adjustment";

export type Corrected =
  | { readonly kind: "done"; readonly adjustmentId: string; readonly amountMinor: Minor }
  | { readonly kind: "asked"; readonly approvalId: string; readonly amountMinor: Minor };

/**
 * Gives a subscriber back a charge, or a part of it: a new entry that names the line; the line stays. All corrections of a line
 * together never exceed it, in sum and in VAT. When what people give back of the line, made and waiting, comes to more than the
 * setting `billing.correction_limit_minor` with this one, it waits for another person (`decideCorrection`): a sum cut in pieces
 * passes no limit. The same key again is the same correction.
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
    const isPerson = tx.actor.kind === "user";
    if (isPerson && amountMinor + (await givenByPeople(tx, order)) > correctionLimitMinor) {
      return ask(tx, order, amountMinor);
    }
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

/** The charge that an order is about. */
const lineOf = (order: CorrectionOrder): string =>
  [order.accountId, order.subscriptionId, order.term, order.periodStart, order.kind].join(":");

/** What people have given back of the line, and what waits of it; not what charging gave back by itself. */
async function givenByPeople(tx: Context, order: CorrectionOrder): Promise<Minor> {
  const [[made], corrections] = await Promise.all([
    tx.db
      .select({ amountMinor: sql<string>`coalesce(sum(${adjustments.amountMinor}), 0)` })
      .from(adjustments)
      .where(
        and(
          eq(adjustments.accountId, order.accountId),
          eq(adjustments.subscriptionId, order.subscriptionId),
          eq(adjustments.term, order.term),
          eq(adjustments.periodStart, order.periodStart),
          eq(adjustments.kind, order.kind),
          inArray(adjustments.reason, [...CORRECTION_REASONS]),
        ),
      ),
    listCorrections(tx, order.accountId),
  ]);
  const waiting = corrections.filter(
    (one) => lineOf(one.order) === lineOf(order) && one.approvalId !== order.requestKey,
  );
  return waiting.reduce((sum, one) => sum + one.amountMinor, BigInt(made?.amountMinor ?? 0));
}

async function ask(tx: Context, order: CorrectionOrder, amountMinor: Minor): Promise<Corrected> {
  const { accountId } = order;
  const { approvalId } = await askApproval(tx, {
    id: order.requestKey,
    kind: CORRECTION_ACT,
    key: lineOf(order),
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
