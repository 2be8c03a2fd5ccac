import { type SQL, sql } from "drizzle-orm";
import { ofCharge } from "@/server/domain/subscriptions";
import { addMonths, type Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

/** Whose lines of which month, and how many months before it a charge booked in it may have its period begin. */
export interface LinesQuestion {
  readonly accountIds: readonly string[];
  readonly month: Day;
  readonly reachMonths: number;
}

/**
 * The longest period that the catalog sells: a charge is booked in its period, or on the last day of it. Where a month has been
 * closed, one of it that is charged late is booked later, as long after as charging looks back: another two such periods.
 */
export async function readReachMonths(ctx: Context): Promise<number> {
  const [row] = await rowsOf<{ months: number | null }>(
    ctx,
    sql`
    select max(period_months) * case when exists (select from accounting_periods) then 3 else 1 end as months
    from tariff_prices`,
  );
  return row?.months ?? 1;
}

/**
 * The lines of a month that stand on no document yet, as the body of a query: charges and corrections booked in the month, less
 * what documents of it hold. Shares of single days of one price stand together. This is the document's content, whether it is
 * written (`issueInvoices`) or only shown (a draft).
 *
 * One sum over what is charged and, taken away, what is documented: no join of the two, which a planner that has not yet seen
 * the month's new rows would make row by row.
 */
export function freshLines({ accountIds, month, reachMonths }: LinesQuestion): SQL {
  const mine = anyOf(accountIds, "uuid");
  const next = addMonths(month, 1);
  const reach = addMonths(month, -reachMonths);
  const name = ofCharge("name_ru");
  return sql`
    select account_id, source_id, term, period_start, kind, min(charged_from) as charged_from, max(charged_to) as charged_to,
           sum(charged_days) as charged_days, max(period_days) as period_days, price_version, vat_percent, fee_minor, discount_minor,
           sum(amount_minor) as amount_minor, sum(vat_minor) as vat_minor, max(name) as name, max(reason) as reason
    from (
      select c.account_id, c.subscription_id as source_id, c.term,
             case c.kind when 'daily' then ${month}::date else c.period_start end as period_start, c.kind, c.charged_from, c.charged_to,
             c.charged_days, c.period_days, c.price_version, c.vat_percent, c.fee_minor, c.discount_minor, c.amount_minor, c.vat_minor,
             ${name} as name, null as reason
      from charges c left join tariffs t on t.id = c.tariff_id
      where c.account_id = ${mine} and c.period_start >= ${reach} and c.period_start < ${next}
        and c.booked_on >= ${month} and c.booked_on < ${next}
      union all
      select j.account_id, j.id, j.term, j.period_start, 'adjustment', c.charged_from, c.charged_to, null, null, c.price_version,
             j.vat_percent, c.fee_minor, c.discount_minor, -j.amount_minor, -j.vat_minor, ${name}, j.reason
      from adjustments j
      join charges c on c.account_id = j.account_id and c.subscription_id = j.subscription_id and c.term = j.term
        and c.period_start = j.period_start and c.kind = j.kind
      left join tariffs t on t.id = c.tariff_id
      where j.account_id = ${mine} and j.booked_on >= ${month} and j.booked_on < ${next}
      union all
      select account_id, source_id, term, period_start, kind, null, null, -charged_days, null, price_version, vat_percent, fee_minor,
             discount_minor, -amount_minor, -vat_minor, null, null
      from invoice_lines
      where account_id = ${mine} and month = ${month} and source_id is not null
    ) s
    group by account_id, source_id, term, period_start, kind, price_version, vat_percent, fee_minor, discount_minor
    having sum(amount_minor) <> 0`;
}
