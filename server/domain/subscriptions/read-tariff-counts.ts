import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** How many subscriptions of each tariff are in force today; a tariff that nobody has is absent. */
export async function readTariffCounts(ctx: Context): Promise<Map<string, number>> {
  requirePermission(ctx, "catalog:read");
  const today = dayIn(ctx.now(), ctx.zone);
  const rows = await rowsOf<{ tariff_id: string; count: number }>(
    ctx,
    sql`
    select tariff_id, count(*)::int as count from subscriptions
    where started_on <= ${today}::date and (ended_on is null or ended_on > ${today}::date) group by tariff_id`,
  );
  return new Map(rows.map((row) => [row.tariff_id, row.count]));
}
