import { sql } from "drizzle-orm";
import { rowsOf } from "@/server/platform/rows";
import type { World } from "./world";

/**
 * All that charging has written, money, blocks, tariffs, usage and documents, as text that does not depend on ids or on when
 * the rows were written.
 */
export async function canonicalDump(world: World): Promise<string[]> {
  const rows = await rowsOf<{ line: string }>(
    world.ctx,
    sql`
    with named as (
      select s.account_id, s.id, a.number || ':' || row_number() over (partition by s.account_id order by s.id) as name
      from subscriptions s join accounts a on a.id = s.account_id
    )
    select line from (
      select concat_ws('|', 'charge', n.name, t.code, c.term, c.period_start, c.kind, c.period_end, c.charged_from, c.charged_to,
        c.charged_days, c.period_days, c.booked_on, coalesce(c.price_version::text, '-'), c.fee_minor, c.discount_minor,
        c.amount_minor, c.vat_percent, c.vat_minor, coalesce(c.due_on::text, '-'), coalesce(c.detail::text, '-')) as line
      from charges c join named n on n.account_id = c.account_id and n.id = c.subscription_id
      join tariffs t on t.id = c.tariff_id
      union all
      select concat_ws('|', 'adjustment', n.name, d.term, d.period_start, d.kind, d.booked_on, d.amount_minor, d.vat_percent,
        d.vat_minor, d.reason)
      from adjustments d join named n on n.account_id = d.account_id and n.id = d.subscription_id
      union all
      select concat_ws('|', 'transfer', a.number, t.number, t.booked_on, t.debit, t.credit, t.amount_minor, t.kind, t.occurred_at,
        coalesce(n.name, '-'), coalesce(t.period_start::text, '-'))
      from transfers t join accounts a on a.id = t.account_id
      left join named n on n.account_id = t.account_id and n.id = t.subject_id
      union all
      select concat_ws('|', 'block', a.number, coalesce(n.name, '-'), b.reason, b.from_at, coalesce(b.until_at::text, '-'))
      from blocks b join accounts a on a.id = b.account_id
      left join named n on n.account_id = b.account_id and n.id = b.subscription_id
      union all
      select concat_ws('|', 'subscription', n.name, t.code, s.term, coalesce(s.term_from::text, '-'),
        coalesce(s.ended_on::text, '-'))
      from subscriptions s join named n on n.account_id = s.account_id and n.id = s.id join tariffs t on t.id = s.tariff_id
      union all
      select concat_ws('|', 'change', n.name, t.code, c.effective_on, c.state)
      from subscription_changes c join named n on n.account_id = c.account_id and n.id = c.subscription_id
      join tariffs t on t.id = c.to_tariff_id
      union all
      select concat_ws('|', 'usage', n.name, r.occurred_at, r.source, r.record_id, r.units, r.charged_at is not null)
      from metered_records r join named n on n.account_id = r.account_id and n.id = r.subscription_id
      union all
      -- Numbers are given as documents are issued, so three at once may give them in another order.
      select concat_ws('|', 'document', a.number, i.month, i.kind, i.ordinal, i.issued_on, coalesce(i.due_on::text, '-'),
        i.total_minor, i.vat_minor)
      from invoices i join accounts a on a.id = i.account_id
      union all
      select concat_ws('|', 'document line', a.number, l.month, l.ordinal, l.line, l.term, l.period_start, l.charged_from,
        l.charged_to, coalesce(l.charged_days::text, '-'), coalesce(l.price_version::text, '-'), l.kind, l.name, l.fee_minor,
        l.discount_minor, l.amount_minor, l.vat_percent, l.vat_minor, coalesce(l.reason, '-'))
      from invoice_lines l join accounts a on a.id = l.account_id
      union all
      select concat_ws('|', 'balance', a.number, b.balance_minor, b.version)
      from account_balances b join accounts a on a.id = b.account_id
    ) dumped order by line collate "C"`,
  );
  return rows.map((row) => row.line);
}

/** What a run says of itself, whatever chunks it was cut into: its state, its counters, and the accounts that it names. */
export async function countersOf(world: World, runId: string): Promise<string[]> {
  const rows = await rowsOf<{ line: string }>(
    world.ctx,
    sql`
    select line from (
      select concat_ws('|', 'run', period_start, kind, state, as_of, arrears_until) as line from billing_runs where id = ${runId}
      union all
      select concat_ws('|', 'counted', stage, bool_and(is_done), sum(accounts), sum(charged), sum(refused), sum(skipped),
        sum(parked), sum(lines), sum(charged_minor), sum(credited_minor), sum(month_minor), sum(last_minor))
      from billing_run_chunks where run_id = ${runId} group by stage
      union all
      select concat_ws('|', 'left alone', c.stage, reason.key, sum(reason.value::int))
      from billing_run_chunks c cross join lateral jsonb_each_text(c.skipped_for) reason
      where c.run_id = ${runId} group by c.stage, reason.key
      union all
      select concat_ws('|', 'account', a.number, r.stage, r.finding, r.reason, coalesce(r.amount_minor::text, '-'),
        coalesce(r.last_minor::text, '-'))
      from billing_run_accounts r join accounts a on a.id = r.account_id where r.run_id = ${runId}
    ) counted order by line collate "C"`,
  );
  return rows.map((row) => row.line);
}
