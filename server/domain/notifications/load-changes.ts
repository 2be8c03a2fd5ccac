import { sql } from "drizzle-orm";
import { listPeriodFees } from "@/server/domain/runs";
import { addDays, type Day, dayIn, laterDay, startOfDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import type { ChangeEvent } from "./constants";
import { type ChangedTariff, changeOccasions } from "./rules/change-occasions";
import type { Occasion } from "./rules/due-steps";

/** A line under a new tariff begins no earlier than a whole period before the change: fewer partitions are read. */
const LONGEST_PERIOD_DAYS = 370;

interface ChangeRow extends Record<string, unknown> {
  account_id: string;
  subscription_id: string;
  event: ChangeEvent;
  happened_at: string;
  told_on: Day | null;
  effective_on: Day;
  from_ru: string;
  from_en: string;
  to_ru: string;
  to_en: string;
  fee_minor: string;
  fee_back_minor: string;
  charged_minor: string;
  credited_minor: string;
}

/**
 * News of changes of tariff since a day, by account. Of what followed one another only the last is news: a change that was
 * replaced is not told of as cancelled. What happened after a message of the same kind had gone out is told the day after.
 */
export async function loadChanges(
  ctx: Context,
  accountIds: readonly string[],
  since: Day,
): Promise<Map<string, Occasion[]>> {
  const rows = await readChanges(ctx, accountIds, since);
  const withFee = rows.filter(({ event }) => event === "change_scheduled" || event === "change_made");
  const fees = await listPeriodFees(ctx, [...new Set(withFee.map((row) => row.account_id))]);
  const byAccount = Map.groupBy(rows, (row) => row.account_id);
  return new Map(
    [...byAccount].map(([accountId, own]) => [
      accountId,
      changeOccasions(own.map((row) => changeOf(row, fees.get(row.subscription_id) ?? 0n, ctx.zone))),
    ]),
  );
}

function changeOf(row: ChangeRow, amountMinor: Minor, zone: string): ChangedTariff {
  const happenedOn = dayIn(new Date(row.happened_at), zone);
  return {
    event: row.event,
    on: row.told_on ? laterDay(happenedOn, addDays(row.told_on, 1)) : happenedOn,
    effectiveOn: row.effective_on,
    from: { nameRu: row.from_ru, nameEn: row.from_en },
    to: { nameRu: row.to_ru, nameEn: row.to_en },
    amountMinor,
    feeMinor: BigInt(row.fee_minor),
    chargeMinor: BigInt(row.charged_minor),
    returnedMinor: BigInt(row.fee_back_minor) + BigInt(row.credited_minor),
  };
}

/**
 * Sums are read from the book: fees by the change they are for, charges and credits by the terms it parts. What is made the
 * moment it is asked for is charged for and gives back the fees of what it replaces then; what waited had its fee told of before.
 */
function readChanges(ctx: Context, accountIds: readonly string[], since: Day): Promise<ChangeRow[]> {
  const from = sql`${startOfDay(since, ctx.zone).toISOString()}::timestamptz`;
  const settledOn = sql`(r.settled_at at time zone ${ctx.zone})::date`;
  return rowsOf<ChangeRow>(
    ctx,
    sql`
    with recent as (
      select c.*, s.term, coalesce(c.settled_at, c.created_at) as happened_at,
             c.state <> 'cancelled' and (c.settled_at is null or c.settled_at = c.created_at) as is_asked_now,
             case when c.state = 'scheduled' then 'change_scheduled' when c.state = 'applied' then 'change_made'
                  when s.ended_on <= c.effective_on and (c.settled_at at time zone ${ctx.zone})::date >= c.effective_on
                  then 'change_failed' else 'change_cancelled' end as event
      from subscription_changes c join subscriptions s on s.account_id = c.account_id and s.id = c.subscription_id
      where c.account_id = ${anyOf(accountIds, "uuid")} and coalesce(c.settled_at, c.created_at) >= ${from}
        and not exists (
          select 1 from subscription_changes n
          where n.account_id = c.account_id and n.subscription_id = c.subscription_id and n.id > c.id
            and (c.state = 'cancelled' or n.state = 'applied'))
    )
    select r.account_id, r.subscription_id, r.event, r.happened_at, r.effective_on, told.told_on,
           f.name_ru as from_ru, f.name_en as from_en, t.name_ru as to_ru, t.name_en as to_en,
           fees.charged as fee_minor, fees.given_back as fee_back_minor,
           lines.charged as charged_minor, lines.credited as credited_minor
    from recent r
    join tariffs f on f.id = r.from_tariff_id
    join tariffs t on t.id = r.to_tariff_id
    left join lateral (
      select coalesce(sum(p.amount_minor) filter (where p.subject_id = r.id and p.kind in ('charge', 'charge_vat')), 0) as charged,
             coalesce(sum(p.amount_minor) filter (where p.kind in ('adjustment', 'adjustment_vat')), 0) as given_back
      from transfers p
      where p.account_id = r.account_id and case when r.state = 'cancelled'
        then p.subject_id = r.id and p.kind in ('adjustment', 'adjustment_vat')
        else r.is_asked_now and p.subject_id in (
          select r.id
          union all
          select o.id from subscription_changes o
          where o.account_id = r.account_id and o.subscription_id = r.subscription_id and o.id < r.id
            and o.state = 'cancelled' and o.settled_at = r.created_at
          union all
          (select o.id from subscription_changes o
           where o.account_id = r.account_id and o.subscription_id = r.subscription_id and o.id < r.id
             and r.state = 'applied' and o.state = 'applied' and o.effective_on = r.effective_on order by o.id desc limit 1)
        ) end
    ) fees on true
    left join lateral (
      select (select coalesce(sum(l.amount_minor), 0) from charges l
              where l.account_id = r.account_id and l.subscription_id = r.subscription_id and l.term = r.term
                and l.booked_on <= ${settledOn} and l.period_start >= r.effective_on - ${LONGEST_PERIOD_DAYS}::int
                and r.state = 'applied') as charged,
             (select coalesce(sum(a.amount_minor), 0) from adjustments a
              where a.account_id = r.account_id and a.subscription_id = r.subscription_id and a.term = r.term - 1
                and a.reason = 'tariff_change' and a.booked_on >= r.effective_on and r.state = 'applied') as credited
    ) lines on true
    left join lateral (
      select max(m.occasion_on) as told_on from messages m
      where m.account_id = r.account_id and m.event = r.event and coalesce(m.started_at, m.finished_at) < r.happened_at
    ) told on true
    order by r.account_id, r.id`,
  );
}
