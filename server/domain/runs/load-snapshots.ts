import { sql } from "drizzle-orm";
import { availableMinor } from "@/server/domain/ledger";
import { type AccountSnapshot, chargeKey } from "@/server/domain/rating";
import { listBlocks, listSubscriptions } from "@/server/domain/subscriptions";
import { addDays, type Day, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

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
  const accounts = await lockOpenAccounts(tx, accountIds, today);
  const earliest = addDays(today, -LONGEST_PERIOD_DAYS);
  const [subscriptions, blocks, charged] = await Promise.all([
    listSubscriptions(tx, accountIds, today),
    listBlocks(tx, accountIds, startOfDay(earliest, tx.zone)),
    rowsOf<{ account_id: string; subscription_id: string; period_start: Day }>(
      tx,
      sql`select account_id, subscription_id, period_start from charges
          where account_id = ${anyOf(accountIds, "uuid")} and period_start between ${earliest} and ${today} and period_end > ${today}
            and kind = 'recurring'`,
    ),
  ]);
  const chargedOf = Map.groupBy(charged, (row) => row.account_id);
  return accounts.map((account) => ({
    accountId: account.id,
    anchorDay: account.anchor_day,
    availableMinor: availableMinor(BigInt(account.balance_minor), BigInt(account.credit_limit_minor)),
    subscriptions: subscriptions.get(account.id) ?? [],
    blocks: blocks.get(account.id) ?? [],
    charged: keysOf(chargedOf.get(account.id)),
  }));
}

/** Locks the accounts' money in id order, as `lockBalances` does, and reads in the same breath what the gate needs. */
function lockOpenAccounts(tx: Context, accountIds: readonly string[], today: Day) {
  return rowsOf<{ id: string; anchor_day: number; credit_limit_minor: string; balance_minor: string }>(
    tx,
    sql`
    select a.id, a.anchor_day, a.credit_limit_minor, b.balance_minor
    from accounts a join account_balances b on b.account_id = a.id
    where a.id = ${anyOf(accountIds, "uuid")} and (a.closed_on is null or a.closed_on > ${today})
    order by a.id for update of b`,
  );
}

const NONE: ReadonlySet<string> = new Set();

function keysOf(charged: readonly { subscription_id: string; period_start: Day }[] | undefined): ReadonlySet<string> {
  return charged ? new Set(charged.map((row) => chargeKey(row.subscription_id, row.period_start))) : NONE;
}
