import { type SQL, sql } from "drizzle-orm";
import { addMonths, type Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

/** Whose lines of which month, and how many months before it a charge booked in it may have its period begin. */
export interface LinesQuestion {
  readonly accountIds: readonly string[];
  readonly month: Day;
  readonly reachMonths: number;
}

/** The longest period that the catalog sells: a charge is booked in its period, or on the last day of it. */
export async function readReachMonths(ctx: Context): Promise<number> {
  const [row] = await rowsOf<{ months: number | null }>(
    ctx,
    sql`select max(period_months) as months from tariff_prices`,
  );
  return row?.months ?? 1;
}

/**
 * The lines of a month that stand on no document yet, as the body of a query: charges and corrections booked in the month, less
 * what documents of it hold. Shares of single days of one price stand together. This is the document's content, whether it is
 * written (`issueInvoices`) or only shown (a draft).
 */
export function freshLines({ accountIds, month, reachMonths }: LinesQuestion): SQL {
  const mine = anyOf(accountIds, "uuid");
  const next = addMonths(month, 1);
  const reach = addMonths(month, -reachMonths);
  return sql`
    select s.account_id, s.source_id, s.term, s.period_start, s.kind, s.charged_from, s.charged_to,
           s.charged_days - coalesce(d.charged_days, 0) as charged_days, s.period_days, s.price_version, s.vat_percent, s.fee_minor,
           s.discount_minor, s.amount_minor - coalesce(d.amount_minor, 0) as amount_minor,
           s.vat_minor - coalesce(d.vat_minor, 0) as vat_minor, t.name_ru as name, s.reason
    from (
      select account_id, subscription_id as source_id, term, period_start, kind, charged_from, charged_to,
             charged_days::bigint as charged_days, period_days, price_version, vat_percent, fee_minor, discount_minor,
             amount_minor::numeric as amount_minor, vat_minor::numeric as vat_minor, tariff_id, null as reason
      from charges
      where account_id = ${mine} and period_start >= ${reach} and period_start < ${next}
        and booked_on >= ${month} and booked_on < ${next} and kind <> 'daily'
      union all
      select account_id, subscription_id, term, ${month}::date, kind, min(charged_from), max(charged_to), sum(charged_days),
             max(period_days), price_version, vat_percent, fee_minor, discount_minor, sum(amount_minor), sum(vat_minor), tariff_id, null
      from charges
      where account_id = ${mine} and period_start >= ${reach} and period_start < ${next}
        and booked_on >= ${month} and booked_on < ${next} and kind = 'daily'
      group by account_id, subscription_id, term, kind, price_version, vat_percent, fee_minor, discount_minor, tariff_id
      union all
      select j.account_id, j.id, j.term, j.period_start, 'adjustment', c.charged_from, c.charged_to, null, null, c.price_version,
             j.vat_percent, c.fee_minor, c.discount_minor, -j.amount_minor, -j.vat_minor, c.tariff_id, j.reason
      from adjustments j
      join charges c on c.account_id = j.account_id and c.subscription_id = j.subscription_id and c.term = j.term
        and c.period_start = j.period_start and c.kind = j.kind
      where j.account_id = ${mine} and j.booked_on >= ${month} and j.booked_on < ${next}
    ) s
    join tariffs t on t.id = s.tariff_id
    left join (
      select account_id, source_id, term, period_start, kind, price_version, vat_percent, fee_minor, discount_minor,
             sum(charged_days) as charged_days, sum(amount_minor) as amount_minor, sum(vat_minor) as vat_minor
      from invoice_lines
      where account_id = ${mine} and month = ${month} and source_id is not null
      group by account_id, source_id, term, period_start, kind, price_version, vat_percent, fee_minor, discount_minor
    ) d on d.account_id = s.account_id and d.source_id = s.source_id and d.term = s.term and d.period_start = s.period_start
      and d.kind = s.kind and d.price_version is not distinct from s.price_version and d.vat_percent = s.vat_percent
      and d.fee_minor = s.fee_minor and d.discount_minor = s.discount_minor
    where s.amount_minor <> coalesce(d.amount_minor, 0)`;
}
