import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { listTerms, type SubscriptionLife } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { LATEST_DAYS } from "./constants";

/** A subscription that is or was charged for what it uses. */
export interface MeteredSubscription {
  readonly life: SubscriptionLife;
  /** The operator's day of the first record that waits to be charged. */
  readonly firstNew: Day | null;
}

/**
 * Of the accounts' subscriptions those that are or were on one of `tariffIds`, unless they ended before `since` and nothing of
 * theirs waits. Three queries, however many accounts there are.
 */
export async function listMeteredSubscriptions(
  ctx: Context,
  { accountIds, tariffIds, since, today }: MeteredQuestion,
): Promise<MeteredSubscription[]> {
  const scope = requirePermission(ctx, "usage:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  const oldest = startOfDay(addDays(today, -2 * LATEST_DAYS), ctx.zone).toISOString();
  const rows = await rowsOf<{ account_id: string; id: string; first_at: string | null }>(
    ctx,
    sql`
    select s.account_id, s.id, w.first_at
    from subscriptions s
    left join lateral (
      select min(m.occurred_at) as first_at from metered_records m
      where m.account_id = s.account_id and m.subscription_id = s.id and m.charged_at is null
        and m.occurred_at >= ${oldest}::timestamptz
    ) w on true
    where s.account_id = ${anyOf(accountIds, "uuid")}
      and (s.tariff_id = ${anyOf(tariffIds, "uuid")} or exists (
        select 1 from subscription_changes c
        where c.account_id = s.account_id and c.subscription_id = s.id and c.from_tariff_id = ${anyOf(tariffIds, "uuid")}))
      and (s.ended_on is null or s.ended_on > ${since}::date or w.first_at is not null)`,
  );
  if (rows.length === 0) return [];
  const ids = (pick: (row: (typeof rows)[number]) => string) => [...new Set(rows.map(pick))];
  const wanted = { accountIds: ids((row) => row.account_id), subscriptionIds: ids((row) => row.id) };
  const first = new Map(rows.map((row) => [row.id, row.first_at]));
  return (await listTerms(ctx, wanted, today)).map((life) => {
    const at = first.get(life.subscriptionId);
    return { life, firstNew: at ? dayIn(new Date(at), ctx.zone) : null };
  });
}

export interface MeteredQuestion {
  readonly accountIds: readonly string[];
  /** Tariffs that charge usage. */
  readonly tariffIds: readonly string[];
  readonly since: Day;
  readonly today: Day;
}
