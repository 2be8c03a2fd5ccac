import { sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { pgArray } from "@/server/platform/rows";

export interface SubscriptionKey {
  readonly accountId: string;
  readonly subscriptionId: string;
}

/** Opens the financial block of subscriptions that money did not suffice for; one that is open stays. Part of charging. */
export async function openFinancialBlocks(tx: Context, keys: readonly SubscriptionKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.db.execute(sql`
    insert into blocks (account_id, id, subscription_id, reason, from_at)
    select k.account_id, k.id, k.subscription_id, 'financial', ${tx.now().toISOString()}::timestamptz
    from unnest(${pgArray(
      keys.map((key) => key.accountId),
      "uuid",
    )}, ${pgArray(
      keys.map((key) => key.subscriptionId),
      "uuid",
    )},
                ${pgArray(
                  keys.map(() => tx.newId()),
                  "uuid",
                )}) as k(account_id, subscription_id, id)
    on conflict (account_id, subscription_id) where reason = 'financial' and until_at is null do nothing`);
}

/** Closes the financial block of subscriptions that have been paid for. Part of charging. */
export async function closeFinancialBlocks(tx: Context, keys: readonly SubscriptionKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.db.execute(sql`
    update blocks b set until_at = ${tx.now().toISOString()}::timestamptz
    from unnest(${pgArray(
      keys.map((key) => key.accountId),
      "uuid",
    )}, ${pgArray(
      keys.map((key) => key.subscriptionId),
      "uuid",
    )}) as k(account_id, subscription_id)
    where b.account_id = k.account_id and b.subscription_id = k.subscription_id and b.reason = 'financial' and b.until_at is null`);
}
