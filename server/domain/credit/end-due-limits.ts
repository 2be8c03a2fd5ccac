import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

/** Limits closed in one transaction. */
const CHUNK = 500;

/**
 * Writes down the end of limits whose time is over and has their accounts settled. They stopped counting by themselves at
 * that moment; this is what the network and people are told by. Several workers share the work; a second call finds none.
 */
export async function endDueLimits(ctx: Context): Promise<{ ended: number }> {
  requirePermission(ctx, "credit:settle");
  let ended = 0;
  for (;;) {
    const chunk = await endChunk(ctx);
    ended += chunk;
    if (chunk < CHUNK) return { ended };
  }
}

function endChunk(ctx: Context): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const due = await rowsOf<{ account_id: string; id: string; amount_minor: string }>(
      tx,
      sql`
      select account_id, id, amount_minor from temporary_limits
      where closed_at is null and until_at <= ${tx.now().toISOString()}::timestamptz
      order by account_id, id limit ${CHUNK} for update skip locked`,
    );
    if (due.length === 0) return 0;
    const column = (pick: (row: (typeof due)[number]) => string) => pgArray(due.map(pick), "uuid");
    await tx.db.execute(sql`
      update temporary_limits l set closed_at = l.until_at, outcome = 'ended'
      from unnest(${column((row) => row.account_id)}, ${column((row) => row.id)}) as d(account_id, id)
      where l.account_id = d.account_id and l.id = d.id`);
    await record(tx, {
      audit: due.map((row) => ({
        action: "limit.end",
        entity: "limit",
        entityId: row.id,
        accountId: row.account_id,
        before: { outcome: null },
        after: { outcome: "ended" },
      })),
      events: due.map((row) => ({
        type: "limit.ended" as const,
        accountId: row.account_id,
        payload: { limitId: row.id, amountMinor: BigInt(row.amount_minor) },
      })),
    });
    return due.length;
  });
}
