import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/**
 * No month before the first one of the book: over nothing every figure agrees. A book without a page yet has the present
 * month. Whether there is anything earlier is a look at one row; the beginning itself is only looked for when it is passed.
 */
export async function boundMonth(ctx: Context, month: Day, today: Day): Promise<{ month: Day; isFirst: boolean }> {
  requirePermission(ctx, "analytics:read");
  const [row] = await rowsOf<{ reached: boolean; earlier: boolean }>(
    ctx,
    sql`
    select exists (select from transfers where booked_on < ${addMonths(month, 1)}::date) as reached,
           exists (select from transfers where booked_on < ${month}::date) as earlier`,
  );
  if (row?.reached) return { month, isFirst: !row.earlier };
  const [book] = await rowsOf<{ begins: Day | null }>(ctx, sql`select min(booked_on) as begins from transfers`);
  return { month: monthStart(book?.begins ?? today), isFirst: true };
}
