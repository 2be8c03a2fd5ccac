import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

export interface StatementLine {
  readonly number: bigint;
  /** Of the first leg: `before` this line's day and this number the next older page begins. */
  readonly firstNumber: bigint;
  readonly bookedOn: Day;
  readonly occurredAt: Date;
  readonly kind: string;
  /** Signed kopecks: what it did to the customer's balance. */
  readonly effectMinor: Minor;
  readonly subjectId: string | null;
  readonly periodStart: Day | null;
}

/** A place in the statement: what stands before it is older. Days may be posted late, so the day comes first. */
export interface StatementPlace {
  readonly bookedOn: Day;
  readonly number: bigint;
}

/**
 * An account's operations, newest day first; what only moves the operator's own sums (VAT of advances) is not among them. A charge and its VAT are one operation to a reader: legs of one subject, period
 * and moment are summed.
 */
export async function listOperations(
  ctx: Context,
  input: { accountId: string; limit: number; before?: StatementPlace },
): Promise<StatementLine[]> {
  const scope = requirePermission(ctx, "ledger:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<{
    number: string;
    first_number: string;
    booked_on: Day;
    occurred_at: string;
    kind: string;
    effect: string;
    subject_id: string | null;
    period_start: Day | null;
  }>(
    ctx,
    sql`
    select max(number) as number, min(number) as first_number, booked_on, occurred_at, min(kind) as kind, subject_id, period_start,
           sum(case when credit = 'customer' then amount_minor when debit = 'customer' then -amount_minor else 0 end) as effect
    from (
      select number, booked_on, occurred_at, replace(kind, '_vat', '') as kind, subject_id, period_start, debit, credit, amount_minor
      from transfers
      where account_id = ${input.accountId} and (debit = 'customer' or credit = 'customer') and ${input.before ? sql`(booked_on, number) < (${input.before.bookedOn}::date, ${input.before.number.toString()}::bigint)` : sql`true`}
      order by booked_on desc, number desc limit ${input.limit * 2 + 1}
    ) latest
    group by booked_on, occurred_at, subject_id, period_start, kind
    order by booked_on desc, number desc limit ${input.limit}`,
  );
  return rows.map((row) => ({
    number: BigInt(row.number),
    firstNumber: BigInt(row.first_number),
    bookedOn: row.booked_on,
    occurredAt: new Date(row.occurred_at),
    kind: row.kind,
    effectMinor: BigInt(row.effect),
    subjectId: row.subject_id,
    periodStart: row.period_start,
  }));
}
