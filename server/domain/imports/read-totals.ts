import { sql } from "drizzle-orm";
import { readCatalog } from "@/server/domain/catalog";
import { quotePeriod } from "@/server/domain/rating";
import { listSubscriptions } from "@/server/domain/subscriptions";
import { type Day, monthStart } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import type { Totals } from "./rules/totals";

/**
 * What the database holds of these rows, read back after the write and never taken from the input. Accounts, and the
 * recurring revenue, are as of `asOf`; money is what came with the account: rows of the transaction that made it
 * (`created_at` is a transaction's start), so that later charges and payments do not blur it.
 */
export async function readTotals(tx: Context, source: string, ids: readonly string[], asOf: Day): Promise<Totals> {
  const [row] = await rowsOf<Record<"accounts" | "active" | "charged" | "paid" | "opening", string>>(
    tx,
    sql`
    with taken as (
      select a.id, a.closed_on, a.created_at
      from import_rows r join accounts a on a.id = r.account_id
      where r.source = ${source} and r.external_id = any(${pgArray(ids, "text")})
    )
    select count(*) as accounts,
      count(*) filter (where closed_on is null or closed_on > ${asOf}::date) as active,
      (select coalesce(sum(t.amount_minor), 0) from transfers t join taken k on k.id = t.account_id and k.created_at = t.created_at
        where t.kind in ('charge', 'charge_vat') and t.debit = 'customer') as charged,
      (select coalesce(sum(t.amount_minor), 0) from transfers t join taken k on k.id = t.account_id and k.created_at = t.created_at
        where t.kind = 'payment' and t.credit = 'customer') as paid,
      (select coalesce(sum(case t.credit when 'customer' then t.amount_minor else -t.amount_minor end), 0)
        from transfers t join taken k on k.id = t.account_id and k.created_at = t.created_at where t.kind = 'opening') as opening
    from taken`,
  );
  const accounts = Number(row?.accounts ?? 0);
  const active = Number(row?.active ?? 0);
  return {
    accounts,
    active,
    terminated: accounts - active,
    mrrMinor: await readRecurring(tx, source, ids, asOf),
    chargedMinor: BigInt(row?.charged ?? 0),
    paidMinor: BigInt(row?.paid ?? 0),
    openingMinor: BigInt(row?.opening ?? 0),
  };
}

const READ_CHUNK = 2_000;

/** One whole period of everything that is in force on the day, at the prices charging itself would take. */
async function readRecurring(tx: Context, source: string, ids: readonly string[], asOf: Day): Promise<Minor> {
  const accounts = await rowsOf<{ account_id: string }>(
    tx,
    sql`select account_id from import_rows where source = ${source} and external_id = any(${pgArray(ids, "text")})`,
  );
  const catalog = await readCatalog(tx);
  let total = 0n;
  for (const chunk of chunksOf(accounts, READ_CHUNK)) {
    const subscriptions = await listSubscriptions(
      tx,
      chunk.map((row) => row.account_id),
      asOf,
    );
    for (const rows of subscriptions.values()) {
      for (const row of rows) total += quotePeriod(row, catalog, monthStart(asOf)).feeMinor;
    }
  }
  return total;
}
