import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, dayIn, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { INVOICE_SETTINGS } from "./constants";
import { type DocumentsTie, readDocumentsTie } from "./read-documents-tie";
import type { CloseFacts } from "./rules/close-obstacles";

/** The last closed month of a legal entity; null while none is. */
export async function readClosedThrough(ctx: Context, legalEntityId: string): Promise<Day | null> {
  const [row] = await rowsOf<{ month: Day | null }>(
    ctx,
    sql`select max(month) as month from accounting_periods where legal_entity_id = ${legalEntityId} and reopened_at is null`,
  );
  return row?.month ?? null;
}

/** Months up to `through` in which anything is booked, first days, in order. */
export async function listBookedMonths(ctx: Context, through: Day): Promise<Day[]> {
  const rows = await rowsOf<{ month: Day }>(
    ctx,
    sql`
    with reach as materialized (
      select min(right(c.relname, 7)) as first, max(right(c.relname, 7)) as last
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'public.transfers'::regclass
    )
    select m.month::date::text as month
    from reach,
         generate_series(to_date(reach.first, 'YYYY_MM'), least(to_date(reach.last, 'YYYY_MM'), ${through}::date), interval '1 month') as m(month)
    where exists (
      select from transfers t where t.booked_on >= m.month::date and t.booked_on < (m.month + interval '1 month')::date
    )
    order by 1`,
  );
  return rows.map((row) => row.month);
}

/** What stands between a legal entity's months up to `month` and their closing. */
export async function readCloseFacts(ctx: Context, legalEntityId: string, month: Day): Promise<CloseFacts> {
  requirePermission(ctx, "period:read");
  const [closedThrough, booked, { documentsFrom }, proof] = await Promise.all([
    readClosedThrough(ctx, legalEntityId),
    listBookedMonths(ctx, month),
    readSettings(ctx, INVOICE_SETTINGS),
    readLatestProof(ctx),
  ]);
  const open = booked.filter((one) => closedThrough === null || one > closedThrough);
  const first = open[0];
  const months = first ? monthsFrom(first, month) : [];
  const from = documentsFrom && first && `${documentsFrom}-01` > first ? (`${documentsFrom}-01` as Day) : first;
  const endsOn = addMonths(month, 1);
  return {
    months,
    endsOn,
    today: dayIn(ctx.now(), ctx.zone),
    proof,
    uninvoiced:
      from && from < endsOn
        ? uninvoicedOf(await readDocumentsTie(ctx, { legalEntityId, from, to: endsOn }))
        : { accounts: 0, minor: 0n },
  };
}

const uninvoicedOf = ({ differing, bookedMinor, documentsMinor }: DocumentsTie) => ({
  accounts: differing,
  minor: bookedMinor - documentsMinor,
});

function monthsFrom(first: Day, last: Day): Day[] {
  const months: Day[] = [];
  for (let month = monthStart(first); month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

async function readLatestProof(ctx: Context) {
  const [row] = await rowsOf<{ checked_at: string; differences: string }>(
    ctx,
    sql`select checked_at, differences from reconciliations where link = 'ledger' order by checked_at desc limit 1`,
  );
  return row ? { on: dayIn(new Date(row.checked_at), ctx.zone), differing: Number(row.differences) } : null;
}
