import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { isInForce } from "./internal";

export interface LimitInForce {
  readonly kind: "temporary" | "promised";
  readonly amountMinor: Minor;
  readonly untilAt: Date;
}

/** The temporary limits of an account that widen its credit now, the one that ends first before the others. */
export async function listLimitsInForce(ctx: Context, accountId: string): Promise<LimitInForce[]> {
  const scope = requirePermission(ctx, "ledger:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, [accountId]);
  const rows = await rowsOf<{ kind: LimitInForce["kind"]; amount_minor: string; until_at: string }>(
    ctx,
    sql`select kind, amount_minor, until_at from temporary_limits
        where account_id = ${accountId} and ${isInForce(ctx.now())} order by until_at`,
  );
  return rows.map((row) => ({
    kind: row.kind,
    amountMinor: BigInt(row.amount_minor),
    untilAt: new Date(row.until_at),
  }));
}
