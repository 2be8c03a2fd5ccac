import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import type { Context } from "./context";

/** Makes the months `[from, to]` of every partitioned table; months that exist are left alone. */
export async function ensurePartitions(ctx: Pick<Context, "db">, from: Day, to: Day): Promise<void> {
  await ctx.db.execute(sql`select make_partitions(${from}::date, ${to}::date)`);
}
