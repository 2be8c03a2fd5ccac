import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { isKept } from "./rules/promise-outcome";

/**
 * Closes the promises of these accounts that have been kept, so that credit that was paid back is not spent again. Part of
 * settling, before anything is charged: one query however many accounts there are, and for most of them nothing more.
 */
export async function settlePromises(ctx: Context, accountIds: readonly string[]): Promise<{ kept: number }> {
  requirePermission(ctx, "credit:settle");
  return withTransaction(ctx, async (tx) => {
    if ((await readKept(tx, accountIds)).length === 0) return { kept: 0 };
    // The same locks in the same order as charging takes next; what was kept before them may not be any more.
    await lockBalances(tx, accountIds);
    const kept = await readKept(tx, accountIds);
    if (kept.length === 0) return { kept: 0 };
    const column = (pick: (row: (typeof kept)[number]) => string) => pgArray(kept.map(pick), "uuid");
    await tx.db.execute(sql`
      update temporary_limits l set closed_at = ${tx.now().toISOString()}::timestamptz, outcome = 'kept'
      from unnest(${column((row) => row.account_id)}, ${column((row) => row.id)}) as k(account_id, id)
      where l.account_id = k.account_id and l.id = k.id and l.closed_at is null`);
    await record(tx, {
      audit: kept.map((row) => ({
        action: "promise.keep",
        entity: "limit",
        entityId: row.id,
        accountId: row.account_id,
        before: { outcome: null },
        after: { outcome: "kept" },
      })),
      events: kept.map((row) => ({
        type: "promise.kept" as const,
        accountId: row.account_id,
        payload: { limitId: row.id, amountMinor: BigInt(row.amount_minor) },
      })),
    });
    return { kept: kept.length };
  });
}

interface OpenPromise extends Record<string, unknown> {
  readonly account_id: string;
  readonly id: string;
  readonly amount_minor: string;
  readonly own_minor: string;
  readonly paid_minor: string;
  readonly spent_minor: string;
}

async function readKept(tx: Context, accountIds: readonly string[]): Promise<OpenPromise[]> {
  const open = await readOpenPromises(tx, accountIds);
  return open.filter((promise) =>
    isKept({
      amountMinor: BigInt(promise.amount_minor),
      paidMinor: BigInt(promise.paid_minor),
      spentMinor: BigInt(promise.spent_minor),
      ownMinor: BigInt(promise.own_minor),
    }),
  );
}

/** Those that still run, with what was paid and spent since. The book's day bounds the months that are looked at. */
function readOpenPromises(tx: Context, accountIds: readonly string[]): Promise<OpenPromise[]> {
  return rowsOf<OpenPromise>(
    tx,
    sql`
    select l.account_id, l.id, l.amount_minor, b.balance_minor + a.credit_limit_minor as own_minor,
           coalesce(m.paid, 0) as paid_minor, coalesce(m.spent, 0) as spent_minor
    from temporary_limits l
    join accounts a on a.id = l.account_id
    join account_balances b on b.account_id = l.account_id
    left join lateral (
      select sum(case t.kind when 'payment' then t.amount_minor when 'payment_reversal' then -t.amount_minor end) as paid,
             sum(t.amount_minor) filter (where t.debit = 'customer' and t.kind <> 'payment_reversal') as spent
      from transfers t
      where t.account_id = l.account_id and t.booked_on >= (l.from_at at time zone ${tx.zone})::date
        and t.booked_on <= ${dayIn(tx.now(), tx.zone)}::date and t.occurred_at >= l.from_at
    ) m on true
    where l.account_id = ${anyOf(accountIds, "uuid")} and l.kind = 'promised' and l.closed_at is null
      and l.until_at > ${tx.now().toISOString()}::timestamptz
    order by l.account_id, l.id`,
  );
}
