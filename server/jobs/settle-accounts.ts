import { settleWithin } from "@/server/domain/credit";
import type { BilledAccounts } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";
import { withTransaction } from "@/server/platform/transaction";

/** Settles accounts in a transaction of its own: what the queue and the daily charge do. */
export function settleAccounts(
  ctx: Context,
  accountIds: readonly string[],
  only: "all" | "turned" = "all",
  month?: string,
): Promise<BilledAccounts> {
  return withTransaction(ctx, (tx) => settleWithin(tx, accountIds, only, month));
}
