import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { sandboxCopies, sandboxMark, sandboxPayments } from "@/db/schema";
import { recordPayments } from "@/server/domain/payments";
import { addMonths, type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { type Context, newId } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { MAX_MONTHS, SANDBOX_ACTOR } from "./constants";

export type CopyRow = typeof sandboxCopies.$inferSelect;

/** The first line after the permission: nothing of the test clock may ever run over real subscribers. */
export async function requireSandbox(ctx: Pick<Context, "db">): Promise<void> {
  const [mark] = await ctx.db.select({ onlyRow: sandboxMark.onlyRow }).from(sandboxMark);
  if (!mark) throw new DomainError("precondition", "sandbox.not_a_sandbox");
}

/** Throws `not_found` (`sandbox.copy_not_found`). */
export async function readCopyRow(ctx: Pick<Context, "db">, copyId: string): Promise<CopyRow> {
  const [copy] = await ctx.db.select().from(sandboxCopies).where(eq(sandboxCopies.accountId, copyId));
  return present(copy);
}

/** The same, held until the transaction ends: one hand at a time on a clock. */
export async function lockCopy(tx: Pick<Context, "db">, copyId: string): Promise<CopyRow> {
  const [copy] = await tx.db.select().from(sandboxCopies).where(eq(sandboxCopies.accountId, copyId)).for("update");
  return present(copy);
}

function present(copy: CopyRow | undefined): CopyRow {
  if (!copy) throw new DomainError("not_found", "sandbox.copy_not_found");
  return copy;
}

/** Throws `precondition` (`sandbox.too_far`) on a day that a copy made on `copiedOn` is not let to. */
export function refuseTooFar(copiedOn: Day, day: Day): void {
  if (day > addMonths(copiedOn, MAX_MONTHS))
    throw new DomainError("precondition", "sandbox.too_far", { months: MAX_MONTHS });
}

/** The copy's own time: what verbs do under it, they do on that day, as the daily jobs. */
export function clockContext(ctx: Context, at: Date): Context {
  const now = () => at;
  return { ...ctx, now, newId: () => newId(now), actor: { kind: "job", name: SANDBOX_ACTOR } };
}

/** Takes in the payments planned for the copy's present day or before it, each once. */
export async function postPlanned(at: Context, copyId: string): Promise<void> {
  const today = dayIn(at.now(), at.zone);
  const due = await at.db
    .update(sandboxPayments)
    .set({ postedAt: at.now() })
    .where(
      and(eq(sandboxPayments.accountId, copyId), isNull(sandboxPayments.postedAt), lte(sandboxPayments.paidOn, today)),
    )
    .returning();
  await recordPayments(
    at,
    due.map(({ id, amountMinor }) => ({
      accountId: copyId,
      provider: "office" as const,
      externalId: id,
      amountMinor,
      paidAt: at.now(),
      bookedOn: today,
    })),
  );
}

/** When limits, blocks and hours of more speed of the copy begin or end by themselves in `(after, until]`. */
export async function listInstants(ctx: Context, copyId: string, after: Date, until: Date): Promise<Date[]> {
  const rows = await rowsOf<{ at: string }>(
    ctx,
    sql`
    select distinct i.at from (
      select unnest(array[from_at, until_at]) as at from temporary_limits where account_id = ${copyId} and closed_at is null
      union all
      select unnest(array[from_at, until_at]) from blocks where account_id = ${copyId}
      union all
      select unnest(array[from_at, until_at]) from boosts where account_id = ${copyId}
    ) i where i.at > ${after.toISOString()}::timestamptz and i.at <= ${until.toISOString()}::timestamptz`,
  );
  return rows.map((row) => new Date(row.at));
}
