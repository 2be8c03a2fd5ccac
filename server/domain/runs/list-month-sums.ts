import { sql } from "drizzle-orm";
import { FEE_KINDS } from "@/server/domain/subscriptions";
import { addDays, addMonths } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, pgArray, rowsOf } from "@/server/platform/rows";
import type { Run } from "./load-run";
import type { MonthSums } from "./rules/chunk-tally";

/**
 * What accounts have been charged in the run's month so far, and were in the month before, less what was given back. Without fees:
 * they are asked for one by one, and neither hide a service that was not charged nor make a month look strange.
 */
export async function listMonthSums(
  ctx: Context,
  run: Run,
  accountIds: readonly string[],
  longestDays: number,
): Promise<ReadonlyMap<string, MonthSums>> {
  const before = addMonths(run.periodStart, -1);
  const end = addMonths(run.periodStart, 1);
  // A charge is booked in its period or at the end of it, and is kept by the month its period began in.
  const since = addDays(before, -longestDays);
  const rows = await rowsOf<{ account_id: string; month: string; last: string; lines: string }>(
    ctx,
    sql`
    select account_id, coalesce(sum(amount) filter (where booked_on >= ${run.periodStart}), 0) as month,
           coalesce(sum(amount) filter (where booked_on < ${run.periodStart}), 0) as last,
           count(*) filter (where booked_on >= ${run.periodStart} and amount >= 0) as lines
    from (
      select account_id, booked_on, amount_minor as amount from charges
      where account_id = ${anyOf(accountIds, "uuid")} and period_start >= ${since} and period_start < ${end}
        and booked_on >= ${before} and booked_on < ${end} and tariff_id is not null
      union all
      select account_id, booked_on, -amount_minor from adjustments
      where account_id = ${anyOf(accountIds, "uuid")} and booked_on >= ${before} and booked_on < ${end}
        and kind <> all(${pgArray(FEE_KINDS, "text")})
    ) moved
    group by account_id`,
  );
  return new Map(
    rows.map((row) => [
      row.account_id,
      { monthMinor: BigInt(row.month), lastMinor: BigInt(row.last), lines: Number(row.lines) },
    ]),
  );
}
