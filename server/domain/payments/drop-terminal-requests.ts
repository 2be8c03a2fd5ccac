import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

/** Longer than payment systems take to come back about a payment. */
const KEPT_DAYS = 90;
const AT_ONCE = 50_000;

/** Forgets what terminals asked more than ninety days ago; the payments themselves stay. */
export async function dropTerminalRequests(ctx: Context): Promise<{ removed: number }> {
  requirePermission(ctx, "payment:post");
  return withTransaction(ctx, async (tx) => {
    const [row] = await rowsOf<{ removed: string }>(
      tx,
      sql`
      with old as (
        select id from terminal_requests
        where asked_at < ${tx.now().toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS})
        order by asked_at limit ${AT_ONCE}
      ), gone as (
        delete from terminal_requests r using old where r.id = old.id returning 1
      )
      select count(*)::text as removed from gone`,
    );
    const removed = Number(row?.removed ?? 0);
    if (removed > 0) {
      await record(tx, {
        audit: [{ action: "terminal.drop_requests", entity: "terminal", entityId: "requests", after: { removed } }],
      });
    }
    return { removed };
  });
}
