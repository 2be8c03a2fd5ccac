import { type SQL, sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, pgArray, rowsOf } from "@/server/platform/rows";

/**
 * Locks the balances of accounts in id order, the order everyone takes, and returns them. The lock of an account's
 * balance is the lock of the account's money.
 */
export async function lockBalances(tx: Context, accountIds: readonly string[]): Promise<Map<string, Minor>> {
  assertInvariant(tx.inTransaction, "ledger.outside_transaction");
  const rows = await rowsOf<{ account_id: string; balance_minor: string }>(
    tx,
    sql`select account_id, balance_minor from account_balances
        where account_id = any(${pgArray(accountIds, "uuid")}) order by account_id for update`,
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.balance_minor)]));
}

/** Gives new accounts their balance row. Existing rows stay. */
export async function openBalances(tx: Context, accountIds: readonly string[], currency: string): Promise<void> {
  await tx.db.execute(sql`
    insert into account_balances (account_id, currency)
    select id, ${currency} from unnest(${pgArray(accountIds, "uuid")}) as id on conflict do nothing`);
}

/**
 * Keeps months to oneself until the transaction ends: waits for whoever is booking in them (`closed_through` in the database
 * takes the same lock shared), and lets nobody begin. Other months are not held up.
 */
export async function lockMonths(tx: Context, months: readonly Day[]): Promise<void> {
  assertInvariant(tx.inTransaction, "ledger.outside_transaction");
  await tx.db.execute(sql`
    select pg_advisory_xact_lock(hashtext('accounting_periods'), (extract(year from month) * 12 + extract(month from month))::integer)
    from (select unnest(${pgArray([...months].sort(), "date")}) as month) m order by month`);
}

/**
 * What temporary limits add to the accounts' credit at a moment, a table `(account_id, amount_minor)` to left-join. The one
 * condition of being in force, for charging, for the network and for the screens.
 */
export function limitsInForce(accountIds: readonly string[], at: Date): SQL {
  return sql`(
    select account_id, sum(amount_minor) as amount_minor from temporary_limits
    where account_id = ${anyOf(accountIds, "uuid")} and ${isInForce(at)} group by account_id)`;
}

/** Of a row of `temporary_limits`: it has begun, has not run out and was not closed before. */
export function isInForce(at: Date): SQL {
  const moment = sql`${at.toISOString()}::timestamptz`;
  return sql`closed_at is null and from_at <= ${moment} and until_at > ${moment}`;
}
