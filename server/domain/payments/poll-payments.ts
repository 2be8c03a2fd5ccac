import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { addJobs } from "@/server/platform/queue";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

/** Enqueues the reading of open payments whose time has come: lost webhooks settle without anyone noticing. */
export async function pollPayments(ctx: Context, limit = 500): Promise<number> {
  requirePermission(ctx, "payment:post");
  return withTransaction(ctx, async (tx) => {
    const due = await rowsOf<{ account_id: string; id: string }>(
      tx,
      sql`
      update payments set ask_at = ${tx.now().toISOString()}::timestamptz + interval '1 minute'
      where (account_id, id) in (
        select account_id, id from payments where ask_at <= ${tx.now().toISOString()}::timestamptz order by ask_at limit ${limit} for update skip locked
      ) returning account_id, id`,
    );
    await addJobs(
      tx,
      due.map((row) => ({
        task: "sync_payment",
        payload: { accountId: row.account_id, paymentId: row.id },
        key: `sync_payment:${row.id}`,
      })),
    );
    return due.length;
  });
}
