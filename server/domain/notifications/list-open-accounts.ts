import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** Ids of open accounts after `after`, in id order: the pages of a plan and of its preview. */
export async function listOpenAccounts(ctx: Context, after: string | null, limit: number): Promise<string[]> {
  requirePermission(ctx, "reminder:read");
  const rows = await rowsOf<{ id: string }>(
    ctx,
    sql`select id from accounts where closed_on is null and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}
