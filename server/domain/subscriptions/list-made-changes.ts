import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import type { TariffChange } from "./rules/terms-of";

const NONE: ReadonlyMap<string, TariffChange[]> = new Map();

/** Changes of tariff of accounts that were made, by subscription, in the order they were asked for. Few have any; no question is asked of none. */
export async function listMadeChanges(
  ctx: Context,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, readonly TariffChange[]>> {
  if (accountIds.length === 0) return NONE;
  const rows = await rowsOf<{
    subscription_id: string;
    from_tariff_id: string;
    to_tariff_id: string;
    effective_on: Day;
  }>(
    ctx,
    sql`
    select subscription_id, from_tariff_id, to_tariff_id, effective_on from subscription_changes
    where account_id = ${anyOf([...new Set(accountIds)], "uuid")} and state = 'applied' order by id`,
  );
  const changes = new Map<string, TariffChange[]>();
  for (const row of rows) {
    const change = {
      state: "applied",
      fromTariffId: row.from_tariff_id,
      toTariffId: row.to_tariff_id,
      effectiveOn: row.effective_on,
    };
    const known = changes.get(row.subscription_id);
    if (known) known.push(change);
    else changes.set(row.subscription_id, [change]);
  }
  return changes;
}
