import { sql } from "drizzle-orm";
import type { Catalog } from "@/server/domain/catalog";
import type { HadTariff } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

type Had = ReadonlyMap<string, ReadonlyMap<string, readonly HadTariff[]>>;

const NOBODY: Had = new Map();

/**
 * Of tariffs with a trial or first months: when accounts had them in subscriptions that have ended. By account, then by tariff;
 * asked only while the catalog has such a tariff.
 */
export async function listHadTariffs(
  ctx: Context,
  accountIds: readonly string[],
  catalog: Catalog,
  today: Day,
): Promise<Had> {
  const phased = [...catalog.tariffs.values()].filter(({ prices }) => prices.some(({ phases }) => phases.length > 0));
  if (phased.length === 0) return NOBODY;
  const ids = anyOf(
    phased.map(({ id }) => id),
    "uuid",
  );
  const rows = await rowsOf<{ account_id: string; tariff_id: string; since: Day; until: Day }>(
    ctx,
    sql`
    select account_id, tariff_id, coalesce(term_from, started_on) as since, ended_on as until from subscriptions
    where account_id = ${anyOf(accountIds, "uuid")} and ended_on <= ${today} and tariff_id = ${ids}
    union all
    select c.account_id, c.from_tariff_id, coalesce(b.effective_on, s.started_on), c.effective_on
    from subscription_changes c
    join subscriptions s on s.account_id = c.account_id and s.id = c.subscription_id and s.ended_on <= ${today}
    left join lateral (
      select max(p.effective_on) as effective_on from subscription_changes p
      where p.account_id = c.account_id and p.subscription_id = c.subscription_id and p.state = 'applied'
        and p.effective_on < c.effective_on
    ) b on true
    where c.account_id = ${anyOf(accountIds, "uuid")} and c.state = 'applied' and c.from_tariff_id = ${ids}`,
  );
  const had = new Map<string, Map<string, HadTariff[]>>();
  for (const { account_id, tariff_id, since, until } of rows) {
    if (since >= until) continue;
    const own = had.get(account_id) ?? new Map<string, HadTariff[]>();
    had.set(account_id, own.set(tariff_id, [...(own.get(tariff_id) ?? []), { from: since, to: until }]));
  }
  return had;
}
