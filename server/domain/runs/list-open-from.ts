import { sql } from "drizzle-orm";
import { addMonths, type Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

/** First day after the last closed month, by account; null while no book has a closed month, as in its first one. */
export async function listOpenFrom(
  ctx: Context,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, Day> | null> {
  const closed = await rowsOf<{ legal_entity_id: string; month: Day }>(
    ctx,
    sql`select legal_entity_id, max(month) as month from accounting_periods where reopened_at is null group by legal_entity_id`,
  );
  if (closed.length === 0) return null;
  const openFrom = new Map(closed.map((row) => [row.legal_entity_id, addMonths(row.month, 1)]));
  const rows = await rowsOf<{ id: string; legal_entity_id: string }>(
    ctx,
    sql`
    select a.id, c.legal_entity_id from accounts a join contracts c on c.id = a.contract_id
    where a.id = ${anyOf(accountIds, "uuid")} and c.legal_entity_id = ${anyOf([...openFrom.keys()], "uuid")}`,
  );
  return new Map(
    rows.flatMap((row) => {
      const day = openFrom.get(row.legal_entity_id);
      return day ? [[row.id, day] as const] : [];
    }),
  );
}
