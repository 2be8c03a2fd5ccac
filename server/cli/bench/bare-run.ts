import type postgres from "postgres";
import { addMonths, type Day } from "@/server/kernel/day";

/**
 * The rows that a run of a month that is over writes for the accounts, by set-based SQL alone: as many charges, two transfers
 * each, the balances, and an invoice an account with a line for every subscription, into the same tables; the price is the fee.
 */
export async function writeBare(sql: postgres.Sql, accountIds: readonly string[], month: Day): Promise<void> {
  const [ids, end] = [`{${accountIds.join(",")}}`, addMonths(month, 1)];
  // What is charged by the day is a line a day; an account in minus is charged only what is charged always.
  const lines = sql`
    select s.account_id, s.id, s.tariff_id, p.version, p.charge_method, t.revenue_code, b.currency, b.version as before,
           coalesce(d.day::date, ${month}::date) as starts_on,
           case p.charge_method when 'daily' then p.fee_minor / (${end}::date - ${month}::date) else p.fee_minor end as fee_minor,
           row_number() over (partition by s.account_id) as place
    from subscriptions s
    join tariffs t on t.id = s.tariff_id
    join tariff_prices p on p.tariff_id = s.tariff_id
    join account_balances b on b.account_id = s.account_id
    left join generate_series(${month}::date, ${end}::date - 1, interval '1 day') d(day) on p.charge_method = 'daily'
    where s.account_id = any(${ids}::uuid[]) and (b.balance_minor > 0 or p.money_gate = 'always')`;
  await sql.begin(async (tx) => {
    await tx`
      insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                           period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
      select account_id, id, starts_on, case charge_method when 'daily' then 'daily' else 'recurring' end, ${end}::date, starts_on,
             ${end}::date, ${end}::date - ${month}::date, ${end}::date - ${month}::date, starts_on, tariff_id, version, fee_minor,
             fee_minor, 20, fee_minor * 20 / 120
      from (${lines}) line`;
    await tx`
      insert into transfers (account_id, booked_on, number, debit, credit, amount_minor, currency, kind, occurred_at, subject_id, period_start)
      select account_id, starts_on, before + 2 * place - 2 + leg.number, 'customer',
             case leg.number when 1 then revenue_code else 'vat:20' end,
             case leg.number when 1 then fee_minor - fee_minor * 20 / 120 else fee_minor * 20 / 120 end,
             currency, leg.kind, now(), id, starts_on
      from (${lines}) line cross join (values (1, 'charge'), (2, 'charge_vat')) as leg(number, kind)`;
    await tx`
      update account_balances b set balance_minor = b.balance_minor - sums.minor, version = b.version + 2 * sums.lines, updated_at = now()
      from (select account_id, sum(fee_minor) as minor, count(*) as lines from (${lines}) line group by account_id) sums
      where b.account_id = sums.account_id`;
    // Shares of days stand together as one line, as they do on a document of ours.
    const billed = sql`
      select account_id, id, version, charge_method, min(starts_on) as starts_on, sum(fee_minor) as fee_minor, min(place) as place
      from (${lines}) line group by account_id, id, version, charge_method`;
    await tx`
      insert into invoice_lines (account_id, month, ordinal, line, charged_days, period_days, price_version, period_start,
                                 charged_from, charged_to, vat_percent, fee_minor, discount_minor, amount_minor, vat_minor,
                                 source_id, kind, name)
      select account_id, ${month}::date, 0, row_number() over (partition by account_id order by place), ${end}::date - starts_on,
             ${end}::date - ${month}::date, version, starts_on, starts_on, ${end}::date, 20, fee_minor, 0, fee_minor,
             fee_minor * 20 / 120, id, case charge_method when 'daily' then 'daily' else 'recurring' end, 'Замер'
      from (${billed}) line`;
    // The numbers are the series', taken in the last step; both sides of a document are written once and referred to by it.
    const sums = sql`
      select account_id, sum(fee_minor) as minor, row_number() over (order by account_id) as place
      from (${lines}) line group by account_id`;
    const [entity] = await tx<{ id: string }[]>`select id from legal_entities limit 1`;
    await tx`
      insert into document_parties (id, name, contract_number, account_number)
      select a.id, u.name, c.number, a.number
      from accounts a join customers u on u.id = a.customer_id join contracts c on c.id = a.contract_id
      where a.id = any(${ids}::uuid[]) on conflict do nothing`;
    await tx`
      insert into number_series (legal_entity_id, kind, year) values (${entity?.id ?? null}, 'bare', 2021)
      on conflict do nothing`;
    const [series] = await tx<{ id: number; last: number }[]>`
      with counted as (select count(*) as documents from (${sums}) s)
      update number_series set last_number = last_number + counted.documents from counted where kind = 'bare'
      returning id, last_number - counted.documents as last`;
    await tx`
      insert into invoices (account_id, month, series_id, number, issued_on, total_minor, vat_minor, seller_id, buyer_id, ordinal, kind)
      select account_id, ${month}::date, ${series?.id ?? 0}::int, ${series?.last ?? 0}::int + place, ${end}::date - 1, minor, minor * 20 / 120,
             ${entity?.id ?? null}::uuid, account_id, 0, 'invoice'
      from (${sums}) s`;
  });
}
