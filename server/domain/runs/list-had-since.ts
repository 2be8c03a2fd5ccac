import { sql } from "drizzle-orm";
import type { Catalog } from "@/server/domain/catalog";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

type HadSince = ReadonlyMap<string, ReadonlyMap<string, Day>>;

const NOBODY: HadSince = new Map();

/**
 * Of tariffs with a trial or first months: which of them accounts had in subscriptions that have ended, and since when. By account,
 * then by tariff; asked only while the catalog has such a tariff.
 */
export async function listHadSince(
  ctx: Context,
  accountIds: readonly string[],
  catalog: Catalog,
  today: Day,
): Promise<HadSince> {
  const phased = [...catalog.tariffs.values()].filter(({ prices }) => prices.some(({ phases }) => phases.length > 0));
  if (phased.length === 0) return NOBODY;
  const rows = await rowsOf<{ account_id: string; tariff_id: string; since: Day }>(
    ctx,
    sql`
    select account_id, tariff_id, min(started_on) as since from subscriptions
    where account_id = ${anyOf(accountIds, "uuid")} and ended_on <= ${today}
      and tariff_id = ${anyOf(
        phased.map(({ id }) => id),
        "uuid",
      )}
    group by account_id, tariff_id`,
  );
  const had = new Map<string, Map<string, Day>>();
  for (const { account_id, tariff_id, since } of rows)
    had.set(account_id, (had.get(account_id) ?? new Map()).set(tariff_id, since));
  return had;
}
