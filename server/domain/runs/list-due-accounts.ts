import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { monthOf } from "./rules/run-moment";

interface Page {
  /** Id of the last account of the page before. */
  readonly after: string | null;
  readonly limit: number;
  /** "2026-10": only accounts whose legal entity's book of the month is open. */
  readonly month?: string | undefined;
}

/** Ids of open accounts in id order: the pages of a charge of everyone. */
export async function listDueAccounts(ctx: Context, { after, limit, month }: Page): Promise<string[]> {
  requirePermission(ctx, "billing:charge");
  const openIn =
    month === undefined
      ? sql``
      : sql`and not exists (
          select from contracts c join accounting_periods p on p.legal_entity_id = c.legal_entity_id
          where c.id = a.contract_id and p.month >= ${monthOf(month)} and p.reopened_at is null)`;
  const rows = await rowsOf<{ id: string }>(
    ctx,
    sql`
    select a.id from accounts a
    where a.closed_on is null and (${after}::uuid is null or a.id > ${after}::uuid) ${openIn}
    order by a.id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}
