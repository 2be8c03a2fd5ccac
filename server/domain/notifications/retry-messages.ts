import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { RETRIABLE } from "./constants";
import { readQuietHours, sendJob } from "./internal";
import { afterQuietHours } from "./rules/quiet-hours";

const MOST = 5_000;

/**
 * Plans anew what failed in the last day because the far side or we ourselves were not able to: a mail server that was away
 * for longer than the retries last. What may have arrived is not among it, nor what was refused for good.
 */
export async function retryMessages(ctx: Context): Promise<{ planned: number }> {
  requirePermission(ctx, "reminder:send");
  const hours = await readQuietHours(ctx);
  return withTransaction(ctx, async (tx) => {
    const at = afterQuietHours(tx.now(), hours, tx.zone);
    const rows = await rowsOf<{ account_id: string; id: string }>(
      tx,
      sql`
      update messages m set state = 'planned', attempts = 0, planned_for = ${at.toISOString()}::timestamptz, finished_at = null
      from (
        select account_id, id from messages
        where state = 'failed' and reason = any(${pgArray(RETRIABLE, "text")})
          and finished_at >= ${tx.now().toISOString()}::timestamptz - interval '24 hours'
        order by account_id, id limit ${MOST} for update skip locked
      ) f
      where m.account_id = f.account_id and m.id = f.id returning m.account_id, m.id`,
    );
    await record(tx, {
      audit:
        rows.length === 0
          ? []
          : [{ action: "reminder.retry", entity: "messages", entityId: "failed", after: { planned: rows.length } }],
      jobs: rows.map((row) => sendJob(row.account_id, row.id, at)),
    });
    return { planned: rows.length };
  });
}
