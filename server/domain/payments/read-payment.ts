import { and, desc, eq, getTableColumns, inArray } from "drizzle-orm";
import { payments, terminals } from "@/db/schema";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { type PaymentRow, paymentKey } from "./internal";
import { PaymentKeyInput } from "./schema";

/** One payment of an account the actor may see. Foreign and missing are the same `not_found`. */
export async function readPayment(ctx: Context, raw: PaymentKeyInput) {
  const scope = requirePermission(ctx, "payment:read");
  const input = PaymentKeyInput.parse(raw);
  await requireAccounts(ctx, scope, [input.accountId]);
  const [payment] = await ctx.db.select().from(payments).where(paymentKey(input.accountId, input.paymentId));
  if (!payment) throw new DomainError("not_found", "payment.not_found");
  return payment;
}

/** An account's payments, newest first. */
export async function listPayments(ctx: Context, input: { accountId: string; limit: number; state?: string }) {
  const scope = requirePermission(ctx, "payment:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  return ctx.db
    .select()
    .from(payments)
    .where(and(eq(payments.accountId, input.accountId), input.state ? eq(payments.state, input.state) : undefined))
    .orderBy(desc(payments.startedAt))
    .limit(input.limit);
}

/** A payment, and the name of the terminal that brought it; null when it came otherwise. */
export type NamedPayment = PaymentRow & { readonly terminalName: string | null };

/** Payments by their ids among some accounts, all of which the actor may see; ids that are not there are left out. */
export async function findPayments(
  ctx: Context,
  input: { accountIds: readonly string[]; paymentIds: readonly string[] },
): Promise<NamedPayment[]> {
  const scope = requirePermission(ctx, "payment:read");
  if (input.accountIds.length === 0 || input.paymentIds.length === 0) return [];
  await requireAccounts(ctx, scope, input.accountIds);
  return ctx.db
    .select({ ...getTableColumns(payments), terminalName: terminals.name })
    .from(payments)
    .leftJoin(terminals, eq(terminals.code, payments.provider))
    .where(and(inArray(payments.accountId, [...input.accountIds]), inArray(payments.id, [...input.paymentIds])));
}
