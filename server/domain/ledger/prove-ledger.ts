import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

export interface LedgerProof {
  readonly accounts: number;
  /** Accounts whose balance is not the sum of their transfers, or whose transfers are not numbered 1…version. */
  readonly differing: number;
  readonly differenceMinor: Minor;
  readonly sample: string[];
  readonly proven: boolean;
}

/**
 * Proves Σ transfers = balance for every account, and that no transfer is missing or doubled (count = highest number =
 * version). Runs nightly and after every import; the result is stored and shown.
 */
export async function proveLedger(ctx: Context): Promise<LedgerProof> {
  requirePermission(ctx, "ledger:prove");
  return withTransaction(ctx, async (tx) => {
    const [row] = await rowsOf<{ accounts: string; differing: string; difference: string; sample: string[] | null }>(
      tx,
      sql`
      with book as (
        select account_id, count(*) as rows, max(number) as last,
               sum(case when credit = 'customer' then amount_minor when debit = 'customer' then -amount_minor else 0 end) as total
        from transfers group by account_id
      ), compared as (
        select coalesce(b.account_id, k.account_id) as account_id,
               coalesce(b.balance_minor, 0) - coalesce(k.total, 0) as difference,
               b.account_id is null or coalesce(b.balance_minor, 0) <> coalesce(k.total, 0)
                 or b.version <> coalesce(k.rows, 0) or b.version <> coalesce(k.last, 0) as differs
        from account_balances b full join book k on k.account_id = b.account_id
      )
      select count(*) as accounts, count(*) filter (where differs) as differing,
             coalesce(sum(abs(difference)), 0) as difference,
             (array_agg(account_id::text) filter (where differs))[1:5] as sample
      from compared`,
    );
    const proof: LedgerProof = {
      accounts: Number(row?.accounts ?? 0),
      differing: Number(row?.differing ?? 0),
      differenceMinor: BigInt(row?.difference ?? 0),
      sample: row?.sample ?? [],
      proven: Number(row?.differing ?? 0) === 0,
    };
    const id = tx.newId();
    await tx.db.execute(sql`
      insert into reconciliations (id, link, checked_at, compared, differences, difference_minor, sample)
      select ${id}, 'ledger', ${tx.now().toISOString()}, ${proof.accounts}, ${proof.differing}, ${proof.differenceMinor.toString()}::bigint,
             coalesce((select array_agg(value) from jsonb_array_elements_text(${JSON.stringify(proof.sample)}::jsonb)), '{}')`);
    await record(tx, {
      audit: [{ action: "ledger.prove", entity: "reconciliation", entityId: id, after: proof }],
      events: [
        {
          type: proof.proven ? "ledger.proven" : "ledger.disproved",
          accountId: null,
          payload: { reconciliationId: id, accounts: proof.accounts, differing: proof.differing },
        },
      ],
    });
    return proof;
  });
}
