import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { LEDGER_CODE, type TransferKind } from "./constants";

/** A transfer to be: `number` and the balance are the ledger's own business. */
export interface NewTransfer {
  readonly accountId: string;
  readonly debit: string;
  readonly credit: string;
  /** Kopecks, more than zero. */
  readonly amountMinor: Minor;
  readonly kind: TransferKind;
  /** Day it counts in, operator's zone. */
  readonly bookedOn: Day;
  readonly occurredAt: Date;
  readonly subjectId: string | null;
  readonly periodStart?: Day | null;
}

export interface PostedBalance {
  readonly accountId: string;
  readonly balanceMinor: Minor;
}

/**
 * Appends transfers of any number of accounts and moves their balances, in one statement. Not a verb: it belongs inside
 * a verb's transaction, after that verb has claimed the natural key that makes the posting happen once (`claimPosting`, or
 * the primary key of `charges`).
 *
 * Callers that post for several accounts lock them first with `lockBalances`. Throws `invariant` when an account has no
 * balance row or a transfer is not positive.
 */
export async function postTransfers(tx: Context, batch: readonly NewTransfer[]): Promise<PostedBalance[]> {
  if (batch.length === 0) return [];
  assertInvariant(tx.inTransaction, "ledger.outside_transaction");
  for (const transfer of batch) {
    assertInvariant(transfer.amountMinor > 0n, "ledger.amount_not_positive");
    assertInvariant(LEDGER_CODE.test(transfer.debit) && LEDGER_CODE.test(transfer.credit), "ledger.bad_code");
  }
  const column = (pick: (transfer: NewTransfer) => string | bigint | null, type: string) =>
    pgArray(batch.map(pick), type);
  const rows = await rowsOf<{ account_id: string; balance_minor: string }>(
    tx,
    sql`
    with input as (
      select * from unnest(
        ${column((t) => t.accountId, "uuid")}, ${column((t) => t.debit, "text")}, ${column((t) => t.credit, "text")},
        ${column((t) => t.amountMinor, "bigint")}, ${column((t) => t.kind, "text")}, ${column((t) => t.bookedOn, "date")},
        ${column((t) => t.occurredAt.toISOString(), "timestamptz")}, ${column((t) => t.subjectId, "uuid")},
        ${column((t) => t.periodStart ?? null, "date")}
      ) with ordinality as i(account_id, debit, credit, amount_minor, kind, booked_on, occurred_at, subject_id, period_start, place)
    ), moved as (
      update account_balances b
      set balance_minor = b.balance_minor + s.effect, version = b.version + s.rows, updated_at = ${tx.now().toISOString()}::timestamptz
      from (
        select account_id, count(*) as rows,
               sum(case when credit = 'customer' then amount_minor when debit = 'customer' then -amount_minor else 0 end) as effect
        from input group by account_id
      ) s
      where b.account_id = s.account_id
      returning b.account_id, b.balance_minor, b.version - s.rows as last_number, b.currency
    ), posted as (
      insert into transfers (account_id, booked_on, number, debit, credit, amount_minor, currency, kind, occurred_at, subject_id, period_start)
      select i.account_id, i.booked_on, m.last_number + row_number() over (partition by i.account_id order by i.place),
             i.debit, i.credit, i.amount_minor, m.currency, i.kind, i.occurred_at, i.subject_id, i.period_start
      from input i join moved m on m.account_id = i.account_id
    )
    select account_id, balance_minor from moved`,
  );
  const accounts = new Set(batch.map((transfer) => transfer.accountId));
  assertInvariant(rows.length === accounts.size, "ledger.no_balance_row");
  return rows.map((row) => ({ accountId: row.account_id, balanceMinor: BigInt(row.balance_minor) }));
}
