import { type SQL, sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";

/**
 * One row per account: from when to when it had anything in force (`ends_on` infinity = still), and its main tariff, the
 * first internet subscription, else the first of any.
 */
export const ACCOUNT_LIVES: SQL = sql`
  select account_id, min(started_on) as starts_on, max(coalesce(ended_on, 'infinity'::date)) as ends_on,
         (array_agg(s.tariff_id order by (t.kind = 'internet') desc, s.started_on desc, s.id))[1] as tariff_id
  from subscriptions s join tariffs t on t.id = s.tariff_id
  where s.ended_on is null or s.ended_on > s.started_on
  group by account_id`;

/**
 * What every subscription in force on `day` pays for a whole period: the personal price, else the version that has reached
 * it by then; the same rule as `rating` in SQL, and a test holds the two together. Hours of speed are no fee of a period.
 */
export function feesOn(day: Day): SQL {
  return sql`
  select s.account_id, s.id, s.tariff_id, s.quantity * coalesce(personal.fee_minor, version.fee_minor, 0) as fee_minor
  from subscriptions s
  join tariffs t on t.id = s.tariff_id and t.boost_hours is null
  left join lateral (
    select fee_minor from personal_prices p
    where p.account_id = s.account_id and p.subscription_id = s.id and p.valid_from <= greatest(${day}::date, s.started_on)
      and (p.valid_to is null or p.valid_to > greatest(${day}::date, s.started_on))
    order by valid_from desc limit 1
  ) personal on true
  left join lateral (
    select fee_minor from (
      select fee_minor, version, case when new_from <= s.started_on then new_from else existing_from end as since
      from tariff_prices p where p.tariff_id = s.tariff_id
    ) reached
    where since <= greatest(${day}::date, s.started_on) order by since desc, version desc limit 1
  ) version on true
  where s.started_on <= ${day}::date and (s.ended_on is null or s.ended_on > ${day}::date)`;
}
