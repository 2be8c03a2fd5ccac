import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** Of a transfer: money that came, less what a terminal took back. */
const PAID = sql`case when kind = 'payment' and credit = 'customer' then amount_minor
                      when kind = 'payment_reversal' and debit = 'customer' then -amount_minor end`;

export interface RevenueMonth {
  readonly month: Day;
  /** Charged, VAT inside, from the charge lines. */
  readonly chargedMinor: Minor;
  readonly vatMinor: Minor;
  /** The same from the ledger; the page is right only while the two are equal. */
  readonly ledgerMinor: Minor;
  readonly paidMinor: Minor;
  /** Accounts that were charged. */
  readonly accounts: number;
}

/**
 * Revenue by month of booking in `[from, to)`, from the charge lines, beside what the ledger says of the same months, and
 * the cash that came in. Every month of the range is there, also an empty one.
 */
export async function readRevenue(ctx: Context, range: { from: Day; to: Day }): Promise<RevenueMonth[]> {
  requirePermission(ctx, "analytics:read");
  const rows = await rowsOf<{
    month: Day;
    charged: string;
    vat: string;
    ledger: string;
    paid: string;
    accounts: string;
  }>(
    ctx,
    sql`
    with months as (
      select generate_series(${range.from}::date, ${range.to}::date - 1, interval '1 month')::date as month
    ), lines as (
      select date_trunc('month', booked_on)::date as month, sum(amount_minor) as charged, sum(vat_minor) as vat,
             count(distinct account_id) as accounts
      from charges where booked_on >= ${range.from} and booked_on < ${range.to}
        and period_start >= ${range.from}::date - 62 and period_start < ${range.to}
      group by 1
    ), book as (
      select date_trunc('month', booked_on)::date as month,
             coalesce(sum(amount_minor) filter (where debit = 'customer' and kind in ('charge', 'charge_vat')), 0) as ledger,
             coalesce(sum(${PAID}), 0) as paid
      from transfers where booked_on >= ${range.from} and booked_on < ${range.to} group by 1
    )
    select m.month, coalesce(l.charged, 0) as charged, coalesce(l.vat, 0) as vat, coalesce(b.ledger, 0) as ledger,
           coalesce(b.paid, 0) as paid, coalesce(l.accounts, 0) as accounts
    from months m left join lines l using (month) left join book b using (month) order by m.month`,
  );
  return rows.map((row) => ({
    month: row.month,
    chargedMinor: BigInt(row.charged),
    vatMinor: BigInt(row.vat),
    ledgerMinor: BigInt(row.ledger),
    paidMinor: BigInt(row.paid),
    accounts: Number(row.accounts),
  }));
}

/** Payments booked in `[from, to)`, kopecks. */
export async function readPaid(ctx: Context, range: { from: Day; to: Day }): Promise<Minor> {
  requirePermission(ctx, "analytics:read");
  const [row] = await rowsOf<{ paid: string }>(
    ctx,
    sql`select coalesce(sum(${PAID}), 0) as paid from transfers where booked_on >= ${range.from} and booked_on < ${range.to}`,
  );
  return BigInt(row?.paid ?? 0);
}
