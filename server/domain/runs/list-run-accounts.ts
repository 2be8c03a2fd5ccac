import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { loadRun } from "./load-run";
import { ListRunAccountsInput } from "./schema";

export interface RunAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly reason: string;
  readonly amountMinor: Minor | null;
  readonly lastMinor: Minor | null;
}

export interface RunAccountPage {
  readonly accounts: readonly RunAccount[];
  /** Asked for with as `after`; null on the last page. */
  readonly next: string | null;
}

/** Accounts of a run that a person may look at, of the charging once it has begun, before that of the preview. Throws `run.not_found`. */
export async function listRunAccounts(ctx: Context, raw: ListRunAccountsInput): Promise<RunAccountPage> {
  requirePermission(ctx, "run:read");
  const { runId, finding, after, limit } = ListRunAccountsInput.parse(raw);
  await loadRun(ctx, runId);
  const rows = await rowsOf<{
    account_id: string;
    number: string;
    name: string;
    reason: string;
    amount_minor: string | null;
    last_minor: string | null;
  }>(
    ctx,
    sql`
    select f.account_id, a.number, c.name, f.reason, f.amount_minor, f.last_minor
    from billing_run_accounts f join accounts a on a.id = f.account_id join customers c on c.id = a.customer_id
    where f.run_id = ${runId} and f.finding = ${finding} and f.account_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      and f.stage = case
        when ${finding} <> 'anomaly' and exists (select 1 from billing_run_chunks where run_id = ${runId} and stage = 'charge')
        then 'charge' else 'preview' end
    order by f.account_id limit ${limit + 1}`,
  );
  const accounts = rows.slice(0, limit).map((row) => ({
    accountId: row.account_id,
    accountNumber: row.number,
    customerName: row.name,
    reason: row.reason,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    lastMinor: row.last_minor === null ? null : BigInt(row.last_minor),
  }));
  return { accounts, next: rows.length > limit ? (accounts.at(-1)?.accountId ?? null) : null };
}
