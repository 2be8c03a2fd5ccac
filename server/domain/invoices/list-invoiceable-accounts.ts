import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { INVOICE_SETTINGS } from "./constants";

/** Ids of accounts that were open in a month, after `after`, in id order: the pages of an issue. */
export async function listInvoiceableAccounts(
  ctx: Context,
  { month, after, limit }: { month: string; after: string | null; limit: number },
): Promise<string[]> {
  requirePermission(ctx, "invoice:issue");
  const rows = await rowsOf<{ id: string }>(
    ctx,
    sql`
    select id from accounts
    where (closed_on is null or closed_on >= ${`${month}-01`}::date) and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** Days from a document's own to the day it has to be paid by, where the account has no term of its own. */
export async function readPaymentTermDays(ctx: Context): Promise<number> {
  requirePermission(ctx, "account:read");
  return (await readSettings(ctx, INVOICE_SETTINGS)).paymentTermDays;
}

/** "2026-01": the first month that documents are made for; null when it is every one. */
export async function readDocumentsFrom(ctx: Context): Promise<string | null> {
  requirePermission(ctx, "invoice:issue");
  return (await readSettings(ctx, INVOICE_SETTINGS)).documentsFrom;
}
