import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

/** How long support can look back at who logged in and who was refused. */
const KEPT_DAYS = 90;
const AT_ONCE = 50_000;

/** Forgets logins older than ninety days: they are personal data without a further purpose. */
export async function dropAuthentications(ctx: Context): Promise<{ removed: number }> {
  requirePermission(ctx, "service:provision");
  return withTransaction(ctx, async (tx) => {
    const [row] = await rowsOf<{ removed: string }>(
      tx,
      sql`
      with old as (
        select id from radius.radpostauth where authdate < ${tx.now().toISOString()}::timestamptz - make_interval(days => ${KEPT_DAYS})
        order by authdate limit ${AT_ONCE}
      ), gone as (
        delete from radius.radpostauth p using old where p.id = old.id returning 1
      )
      select count(*)::text as removed from gone`,
    );
    const removed = Number(row?.removed ?? 0);
    if (removed > 0) {
      await record(tx, {
        audit: [{ action: "usage.drop_authentications", entity: "usage", entityId: "radpostauth", after: { removed } }],
      });
    }
    return { removed };
  });
}
