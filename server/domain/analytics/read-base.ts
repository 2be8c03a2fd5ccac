import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { ACCOUNT_LIVES, feesOn } from "./internal";

export interface BaseMonth {
  readonly month: Day;
  /** On the first day of the next month (today, for the current one). */
  readonly active: number;
  readonly started: number;
  readonly ended: number;
}

/** Subscribers by month in `[from, to)`: in force at its end, started in it, ended in it. */
export async function readBase(ctx: Context, range: { from: Day; to: Day }, today: Day): Promise<BaseMonth[]> {
  requirePermission(ctx, "analytics:read");
  const rows = await rowsOf<{ month: Day; active: string; started: string; ended: string }>(
    ctx,
    sql`
    with lives as (${ACCOUNT_LIVES})
    select m.month,
           count(*) filter (where starts_on < m.ends and ends_on >= m.ends) as active,
           count(*) filter (where starts_on >= m.month and starts_on < m.ends) as started,
           count(*) filter (where ends_on >= m.month and ends_on < m.ends) as ended
    from (
      select month::date as month, least((month + interval '1 month')::date, ${today}::date + 1) as ends
      from generate_series(${range.from}::date, ${range.to}::date - 1, interval '1 month') as month
    ) m left join lives on true
    group by m.month order by m.month`,
  );
  return rows.map((row) => ({
    month: row.month,
    active: Number(row.active),
    started: Number(row.started),
    ended: Number(row.ended),
  }));
}

/** Σ of one period's fees of everything in force on the day, kopecks: MRR. */
export async function readMrr(ctx: Context, day: Day): Promise<Minor> {
  requirePermission(ctx, "analytics:read");
  const [row] = await rowsOf<{ mrr: string }>(
    ctx,
    sql`select coalesce(sum(fee_minor), 0) as mrr from (${feesOn(day)}) fees`,
  );
  return BigInt(row?.mrr ?? 0);
}
