import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addDays, dayIn } from "@/server/kernel/day";
import { chunksOf } from "@/server/platform/chunks";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { type RefreshedServices, refreshServices } from "./refresh-services";

/**
 * Refreshes the accounts that time alone may have turned: subscriptions that start or end today or yesterday, blocks,
 * temporary limits and boosts that begin or run out by themselves within a day. Everything else is refreshed by whoever caused it.
 */
export async function refreshDueServices(ctx: Context): Promise<RefreshedServices> {
  requirePermission(ctx, "service:provision");
  const now = ctx.now();
  const today = dayIn(now, ctx.zone);
  const since = addDays(today, -1);
  const rows = await rowsOf<{ account_id: string }>(
    ctx,
    sql`
    select s.account_id from services s
    join subscriptions p on p.account_id = s.account_id and p.id = s.subscription_id
    where p.started_on between ${since}::date and ${today}::date or p.ended_on between ${since}::date and ${today}::date
    union
    select s.account_id from services s join blocks b on b.account_id = s.account_id
    where b.from_at between ${now.toISOString()}::timestamptz - interval '1 day' and ${now.toISOString()}::timestamptz
       or b.until_at between ${now.toISOString()}::timestamptz - interval '1 day' and ${now.toISOString()}::timestamptz
    union
    select s.account_id from services s join temporary_limits l on l.account_id = s.account_id
    where l.closed_at is null and (
      l.from_at between ${now.toISOString()}::timestamptz - interval '1 day' and ${now.toISOString()}::timestamptz
      or l.until_at between ${now.toISOString()}::timestamptz - interval '1 day' and ${now.toISOString()}::timestamptz)
    union
    select account_id from boosts
    where until_at > ${now.toISOString()}::timestamptz - interval '1 day'
      and (from_at between ${now.toISOString()}::timestamptz - interval '1 day' and ${now.toISOString()}::timestamptz
        or until_at <= ${now.toISOString()}::timestamptz)`,
  );
  const total = { checked: 0, changed: 0 };
  for (const chunk of chunksOf(rows)) {
    const { checked, changed } = await refreshServices(ctx, { accountIds: chunk.map((row) => row.account_id) });
    total.checked += checked;
    total.changed += changed;
  }
  return total;
}
