import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** What the book charged beside what documents say. */
export interface DocumentsTie {
  /** Charges less corrections, as the book moved them. */
  readonly bookedMinor: Minor;
  /** Invoices less credit notes. */
  readonly documentsMinor: Minor;
  /** Accounts with a month whose two sums are not one. */
  readonly differing: number;
}

/**
 * A legal entity's book against its documents, account by account and month by month, for months of `[from, to)`; a month that
 * came to nothing needs no document.
 */
export async function readDocumentsTie(
  ctx: Context,
  { legalEntityId, from, to }: { legalEntityId: string; from: Day; to: Day },
): Promise<DocumentsTie> {
  requirePermission(ctx, "ledger:prove");
  const [row] = await rowsOf<{ booked: string; documents: string; differing: string }>(
    ctx,
    sql`
    with booked as (
      select account_id, date_trunc('month', booked_on)::date as month,
             sum(case when debit = 'customer' then amount_minor else -amount_minor end) as minor
      from transfers
      where booked_on >= ${from} and booked_on < ${to} and kind in ('charge', 'charge_vat', 'adjustment', 'adjustment_vat')
      group by 1, 2
    ), billed as (
      select account_id, month, sum(total_minor) as minor from invoices
      where month >= ${from} and month < ${to} and kind in ('invoice', 'credit_note') group by 1, 2
    ), months as (
      select account_id, coalesce(b.minor, 0) as booked, coalesce(i.minor, 0) as billed
      from booked b full join billed i using (account_id, month)
    )
    select coalesce(sum(m.booked), 0) as booked, coalesce(sum(m.billed), 0) as documents,
           count(distinct m.account_id) filter (where m.booked <> m.billed) as differing
    from months m join accounts a on a.id = m.account_id join contracts c on c.id = a.contract_id
    where c.legal_entity_id = ${legalEntityId}`,
  );
  return {
    bookedMinor: BigInt(row?.booked ?? 0),
    documentsMinor: BigInt(row?.documents ?? 0),
    differing: Number(row?.differing ?? 0),
  };
}
