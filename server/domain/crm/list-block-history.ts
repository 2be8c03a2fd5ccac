import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

export interface BlockStory {
  readonly id: string;
  /** Null = the whole account. */
  readonly subscriptionId: string | null;
  readonly reason: "financial" | "administrative" | "voluntary";
  readonly fromAt: Date;
  readonly untilAt: Date | null;
  readonly note: string | null;
  /** The person who placed it; null when charging did. */
  readonly placedBy: string | null;
}

const LATEST = 100;

/** The blocks of an account, those that run or are planned first, then the latest that have ended, each with who placed it and why. */
export async function listBlockHistory(ctx: Context, accountId: string): Promise<BlockStory[]> {
  const scope = requirePermission(ctx, "customer:search");
  await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{
    id: string;
    subscription_id: string | null;
    reason: BlockStory["reason"];
    from_at: string;
    until_at: string | null;
    note: string | null;
    placed_by: string | null;
  }>(
    ctx,
    sql`
    select b.id, b.subscription_id, b.reason, b.from_at, b.until_at, b.note, u.display_name as placed_by
    from blocks b
    left join audit_log l on l.entity = 'block' and l.entity_id = b.id::text and l.action in ('block.place', 'suspension.begin')
    left join users u on l.actor = 'user:' || u.id
    where b.account_id = ${accountId}
    order by coalesce(b.until_at <= greatest(b.from_at, ${ctx.now().toISOString()}::timestamptz), false), b.from_at desc limit ${LATEST}`,
  );
  return rows.map((row) => ({
    id: row.id,
    subscriptionId: row.subscription_id,
    reason: row.reason,
    fromAt: new Date(row.from_at),
    untilAt: row.until_at ? new Date(row.until_at) : null,
    note: row.note,
    placedBy: row.placed_by,
  }));
}
