import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { type SpanToLoad, spanTable } from "./load-records";

/**
 * Marks the records of charged spans as taken in. Part of charging, which calls it under the lock of the accounts' money: what
 * was loaded under that lock is what waits.
 */
export async function claimRecords(tx: Context, spans: readonly SpanToLoad[]): Promise<void> {
  requirePermission(tx, "billing:charge");
  if (spans.length === 0) return;
  await tx.db.execute(sql`
    update metered_records r set charged_at = ${tx.now().toISOString()}::timestamptz
    from ${spanTable(tx, spans)} s
    where r.account_id = s.account_id and r.subscription_id = s.subscription_id
      and r.occurred_at >= s.from_at and r.occurred_at < s.to_at and r.charged_at is null`);
}
