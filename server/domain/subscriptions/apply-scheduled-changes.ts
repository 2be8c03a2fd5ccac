import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf, tableOf } from "@/server/platform/rows";
import { cancelFees } from "./charge-fee";

/** A scheduled change whose day has come. */
export interface DueChange {
  readonly accountId: string;
  readonly id: string;
  readonly subscriptionId: string;
}

/**
 * Makes scheduled changes, each once: the subscription begins its next term on the change's day. One of a subscription that
 * ended before is cancelled, and its fee comes back on the day that is charged. Part of charging, which calls it under the lock of
 * the accounts' money.
 */
export async function applyScheduledChanges(tx: Context, changes: readonly DueChange[], today: Day): Promise<void> {
  const at = tx.now().toISOString();
  const settled = await rowsOf<{
    account_id: string;
    id: string;
    lives: boolean;
    subscription_id: string;
    from_tariff_id: string;
    to_tariff_id: string;
    effective_on: string;
  }>(
    tx,
    sql`
    with due as (
      select c.account_id, c.id, c.subscription_id, c.from_tariff_id, c.to_tariff_id, c.effective_on,
             s.ended_on is null or s.ended_on > c.effective_on as lives
      from ${tableOf(changes, {
        account_id: ["uuid", (change) => change.accountId],
        id: ["uuid", (change) => change.id],
      })} d
      join subscription_changes c on c.account_id = d.account_id and c.id = d.id and c.state = 'scheduled'
      join subscriptions s on s.account_id = c.account_id and s.id = c.subscription_id
    ), settled as (
      update subscription_changes c set state = case when due.lives then 'applied' else 'cancelled' end, settled_at = ${at}::timestamptz
      from due where c.account_id = due.account_id and c.id = due.id
    ), moved as (
      update subscriptions s set tariff_id = due.to_tariff_id, term = s.term + 1, term_from = due.effective_on
      from due where s.account_id = due.account_id and s.id = due.subscription_id and due.lives
    ), closed as (
      update personal_prices p set valid_to = due.effective_on
      from due
      where p.account_id = due.account_id and p.subscription_id = due.subscription_id and due.lives
        and p.valid_from < due.effective_on and (p.valid_to is null or p.valid_to > due.effective_on)
    )
    select account_id, id, lives, subscription_id, from_tariff_id, to_tariff_id, effective_on from due`,
  );
  const failed = settled.filter((row) => !row.lives);
  await cancelFees(
    tx,
    failed.map((row) => ({ accountId: row.account_id, subjectId: row.id })),
    today,
  );
  await record(tx, {
    audit: settled.map((row) => ({
      action: row.lives ? "subscription.change" : "subscription.fail_change",
      entity: "subscription",
      entityId: row.subscription_id,
      accountId: row.account_id,
      before: { tariffId: row.from_tariff_id },
      after: row.lives ? { tariffId: row.to_tariff_id, effectiveOn: row.effective_on } : null,
    })),
    events: settled.map((row) => ({
      type: row.lives ? ("subscription.changed" as const) : ("subscription.change_failed" as const),
      accountId: row.account_id,
      payload: { subscriptionId: row.subscription_id, toTariffId: row.to_tariff_id, effectiveOn: row.effective_on },
    })),
  });
}
