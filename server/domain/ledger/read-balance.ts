import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { assertInvariant } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";
import { remembered } from "@/server/platform/snapshot";

/** Kopecks per account: the one balance that every screen shows. */
export async function readBalances(ctx: Context, accountIds: readonly string[]): Promise<Map<string, Minor>> {
  const scope = requirePermission(ctx, "ledger:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  const rows = await remembered(ctx, ["ledger.balances", accountIds], () =>
    rowsOf<{ account_id: string; balance_minor: string }>(
      ctx,
      sql`select account_id, balance_minor from account_balances where account_id = any(${pgArray(accountIds, "uuid")})`,
    ),
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.balance_minor)]));
}

export async function readBalance(ctx: Context, accountId: string): Promise<Minor> {
  const balance = (await readBalances(ctx, [accountId])).get(accountId);
  // An account that is not there is nobody's mistake but the asker's.
  if (balance === undefined) await requireAccounts(ctx, requirePermission(ctx, "ledger:read"), [accountId]);
  assertInvariant(balance !== undefined, "ledger.no_balance_row");
  return balance;
}
