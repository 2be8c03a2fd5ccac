import { requirePermission } from "@/server/domain/identity";
import { refreshServices } from "@/server/domain/provisioning";
import { type BilledAccounts, billAccounts } from "@/server/domain/runs";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { settlePromises } from "./settle-promises";

/**
 * Brings accounts to where their money puts them: closes promises that were kept, charges what is due, then says what the network
 * should do. Not a verb: it belongs inside one transaction, so that no crash leaves an account paid for and closed. Doing it again
 * changes nothing.
 *
 * `month` makes up for what a month still owes. `only: "turned"` refreshes just the accounts whose block opened or closed: the daily run over everyone.
 */
export async function settleWithin(
  tx: Context,
  accountIds: readonly string[],
  only: "all" | "turned" = "all",
  month?: string,
): Promise<BilledAccounts> {
  requirePermission(tx, "billing:charge");
  assertInvariant(tx.inTransaction, "credit.outside_transaction");
  await settlePromises(tx, accountIds);
  const billed = await billAccounts(tx, { accountIds: [...accountIds], ...(month && { month }) });
  const follow = only === "all" ? accountIds : billed.turned;
  if (follow.length > 0) await refreshServices(tx, { accountIds: [...follow] });
  return billed;
}
