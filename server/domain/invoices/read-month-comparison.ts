import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { ofCharge } from "@/server/domain/subscriptions";
import { addMonths, type Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { readReachMonths } from "./read-fresh-lines";
import { type ComparedLine, compareMonths, type MonthLine } from "./rules/compare-months";

export interface MonthComparison {
  readonly month: Day;
  readonly before: Day;
  /** VAT inside, corrections taken off. */
  readonly nowMinor: Minor;
  readonly beforeMinor: Minor;
  readonly lines: readonly ComparedLine[];
}

/** What an account was charged in a month, by the day of booking, against the month before; changed lines first. */
export async function readMonthComparison(
  ctx: Context,
  input: { accountId: string; month: Day },
): Promise<MonthComparison> {
  const scope = requirePermission(ctx, "ledger:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  const { accountId, month } = input;
  const [before, next] = [addMonths(month, -1), addMonths(month, 1)];
  const reach = addMonths(before, -(await readReachMonths(ctx)));
  const rows = await rowsOf<Record<string, string | number | null>>(
    ctx,
    sql`
    select c.month, case when c.tariff_id is null then c.kind else c.subscription_id || '|' || split_part(c.kind, ':', 1) end as key,
           split_part(c.kind, ':', 1) as kind, c.tariff_id, ${ofCharge("name_ru")} as name_ru, ${ofCharge("name_en")} as name_en,
           c.price_version, c.fee_minor, c.discount_minor, c.charged_days, c.period_days, c.amount_minor, c.credited_minor
    from (
      select date_trunc('month', booked_on)::date as month, subscription_id, kind, tariff_id, price_version, fee_minor, discount_minor,
             sum(charged_days) as charged_days, max(period_days) as period_days, sum(amount_minor) as amount_minor,
             0 as credited_minor, max(charged_from) as latest
      from charges
      where account_id = ${accountId} and period_start >= ${reach} and period_start < ${next}
        and booked_on >= ${before} and booked_on < ${next}
      group by 1, 2, 3, 4, 5, 6, 7
      union all
      select date_trunc('month', j.booked_on)::date, j.subscription_id, j.kind, c.tariff_id, c.price_version, c.fee_minor,
             c.discount_minor, 0, c.period_days, -sum(j.amount_minor), sum(j.amount_minor), '-infinity'
      from adjustments j
      join charges c on c.account_id = j.account_id and c.subscription_id = j.subscription_id and c.term = j.term
        and c.period_start = j.period_start and c.kind = j.kind
      where j.account_id = ${accountId} and j.booked_on >= ${before} and j.booked_on < ${next}
      group by 1, 2, 3, 4, 5, 6, 7, 9
    ) c
    left join tariffs t on t.id = c.tariff_id
    order by c.latest`,
  );
  const linesOf = (of: Day) => rows.filter((row) => row.month === of).map(monthLine);
  const [now, past] = [linesOf(month), linesOf(before)];
  const sum = (lines: readonly MonthLine[]) => lines.reduce((total, line) => total + line.amountMinor, 0n);
  return { month, before, nowMinor: sum(now), beforeMinor: sum(past), lines: compareMonths(now, past) };
}

function monthLine(row: Record<string, string | number | null>): MonthLine {
  return {
    key: String(row.key),
    kind: String(row.kind),
    tariffId: row.tariff_id === null ? null : String(row.tariff_id),
    nameRu: String(row.name_ru),
    nameEn: String(row.name_en),
    priceVersion: row.price_version === null ? null : Number(row.price_version),
    feeMinor: BigInt(row.fee_minor ?? 0),
    discountMinor: BigInt(row.discount_minor ?? 0),
    chargedDays: Number(row.charged_days),
    periodDays: Number(row.period_days),
    amountMinor: BigInt(row.amount_minor ?? 0),
    creditedMinor: BigInt(row.credited_minor ?? 0),
  };
}
