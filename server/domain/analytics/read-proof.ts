import { desc, eq } from "drizzle-orm";
import { reconciliations } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";

/** The latest proof that Σ transfers = balance for every account; null when it has never run. */
export async function readProof(ctx: Context) {
  requirePermission(ctx, "ledger:read");
  const [row] = await ctx.db
    .select()
    .from(reconciliations)
    .where(eq(reconciliations.link, "ledger"))
    .orderBy(desc(reconciliations.checkedAt))
    .limit(1);
  return row
    ? { provenAt: row.checkedAt, accounts: row.compared, differing: row.differences, proven: row.differences === 0 }
    : null;
}
