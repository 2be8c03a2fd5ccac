import { sql } from "drizzle-orm";
import type { Catalog } from "@/server/domain/catalog";
import { termKey } from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { rowsOf, tableOf } from "@/server/platform/rows";

/**
 * How many periods have been charged of what is sold for a number of charges, by subscription and term; null where nothing is. All
 * of their months are read, and they are few.
 */
export async function listMadePeriods(
  ctx: Context,
  subscriptions: ReadonlyMap<string, readonly SubscriptionRow[]>,
  catalog: Catalog,
): Promise<ReadonlyMap<string, number> | null> {
  const counted = new Set(
    [...catalog.tariffs.values()]
      .filter(({ prices }) => prices.some((price) => price.maxCharges !== null))
      .map(({ id }) => id),
  );
  if (counted.size === 0) return null;
  const rows = [...subscriptions.values()]
    .flat()
    .flatMap(({ accountId, id, earlier = [], ...present }) =>
      [present, ...earlier]
        .filter(({ tariffId }) => counted.has(tariffId))
        .map(({ term }) => ({ accountId, id, term })),
    );
  if (rows.length === 0) return null;
  const made = await rowsOf<{ subscription_id: string; term: number; periods: string }>(
    ctx,
    sql`
    select c.subscription_id, c.term, count(distinct c.period_end) as periods
    from ${tableOf(rows, {
      account_id: ["uuid", (row) => row.accountId],
      id: ["uuid", (row) => row.id],
      term: ["int", (row) => row.term],
    })} s join charges c on c.account_id = s.account_id and c.subscription_id = s.id and c.term = s.term
    where c.kind = 'recurring' group by c.subscription_id, c.term`,
  );
  return new Map(made.map((row) => [termKey(row.subscription_id, row.term), Number(row.periods)]));
}
