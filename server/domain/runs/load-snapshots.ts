import { sql } from "drizzle-orm";
import { lockBalances } from "@/server/domain/ledger";
import { type AccountSnapshot, chargeKey } from "@/server/domain/rating";
import { listBlocks, listSubscriptions } from "@/server/domain/subscriptions";
import { addDays, type Day, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { pgArray, rowsOf } from "@/server/platform/rows";

/** No monthly period is longer, so every charge of a current one starts within these days; it ends after today. */
const LONGEST_PERIOD_DAYS = 31;

/**
 * Everything that charging needs to know of the accounts, under the lock of their money, in a handful of queries however
 * many there are. Closed and unknown accounts are absent.
 */
export async function loadSnapshots(
  tx: Context,
  accountIds: readonly string[],
  today: Day,
): Promise<AccountSnapshot[]> {
  const balances = await lockBalances(tx, accountIds);
  const earliest = addDays(today, -LONGEST_PERIOD_DAYS);
  const [accounts, subscriptions, blocks, charged] = await Promise.all([
    rowsOf<{ id: string; anchor_day: number; credit_limit_minor: string }>(
      tx,
      sql`select id, anchor_day, credit_limit_minor from accounts
          where id = any(${pgArray(accountIds, "uuid")}) and (closed_on is null or closed_on > ${today}) order by id`,
    ),
    listSubscriptions(tx, accountIds, today),
    listBlocks(tx, accountIds, startOfDay(earliest, tx.zone)),
    rowsOf<{ account_id: string; subscription_id: string; period_start: Day }>(
      tx,
      sql`select account_id, subscription_id, period_start from charges
          where account_id = any(${pgArray(accountIds, "uuid")}) and period_start between ${earliest} and ${today} and period_end > ${today}
            and kind = 'recurring'`,
    ),
  ]);
  const chargedOf = Map.groupBy(charged, (row) => row.account_id);
  return accounts.map((account) => ({
    accountId: account.id,
    anchorDay: account.anchor_day,
    availableMinor: (balances.get(account.id) ?? 0n) + BigInt(account.credit_limit_minor),
    subscriptions: subscriptions.get(account.id) ?? [],
    blocks: blocks.get(account.id) ?? [],
    charged: new Set((chargedOf.get(account.id) ?? []).map((row) => chargeKey(row.subscription_id, row.period_start))),
  }));
}
