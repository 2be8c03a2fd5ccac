import { sql } from "drizzle-orm";
import { searchAccounts } from "@/server/domain/crm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import type { DocumentKind } from "./constants";
import { documentNumber, documentSlug } from "./rules/document-number";
import { ListInvoicesInput } from "./schema";

export interface ListedDocument {
  readonly slug: string;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly month: Day;
  readonly issuedOn: Day;
  readonly dueOn: Day | null;
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
}

type Row = {
  month: Day;
  kind: DocumentKind;
  ordinal: number;
  number: number;
  issued_on: Day;
  due_on: Day | null;
  total_minor: string;
  vat_minor: string;
};

/** Documents of an account, newest first. */
export async function listDocuments(
  ctx: Context,
  input: { accountId: string; limit: number },
): Promise<ListedDocument[]> {
  const scope = requirePermission(ctx, "invoice:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  const rows = await rowsOf<Row>(
    ctx,
    sql`
    select month, kind, ordinal, number, issued_on, due_on, total_minor, vat_minor from invoices
    where account_id = ${input.accountId} order by month desc, issued_on desc, ordinal desc, kind limit ${input.limit}`,
  );
  return rows.map(listed);
}

export interface ListedInvoice extends ListedDocument {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly customerName: string;
}

export interface InvoicePage {
  readonly documents: readonly ListedInvoice[];
  /** Where the next page begins; null on the last one. */
  readonly after: string | null;
  /** Of the whole month, by kind. */
  readonly totals: readonly { readonly kind: DocumentKind; readonly count: number; readonly totalMinor: Minor }[];
}

/**
 * A month's documents in the order of their numbers, a page at a time, narrowed by kind and by whom they are for; with the
 * month's totals. Throws `invalid` (`page.malformed`) on a page address that is not ours.
 */
export async function listInvoices(ctx: Context, raw: ListInvoicesInput): Promise<InvoicePage> {
  requirePermission(ctx, "invoice:list");
  const { kind, query, after, limit, ...input } = ListInvoicesInput.parse(raw);
  const month = `${input.month}-01`;
  const [seriesId, number] = placeOf(after);
  const found = query === "" ? null : await searchAccounts(ctx, { query, limit: 100 });
  const [rows, totals] = await Promise.all([
    rowsOf<Row & { account_id: string; series_id: number; name: string; account_number: string }>(
      ctx,
      sql`
      select i.account_id, i.month, i.kind, i.ordinal, i.series_id, i.number, i.issued_on, i.due_on, i.total_minor, i.vat_minor,
             b.name, b.account_number
      from invoices i join document_parties b on b.id = i.buyer_id
      where i.month = ${month} and (i.series_id, i.number) > (${seriesId}, ${number})
        and ${kind ? sql`i.kind = ${kind}` : sql`true`}
        and ${
          found
            ? sql`i.account_id = ${anyOf(
                found.map((one) => one.accountId),
                "uuid",
              )}`
            : sql`true`
        }
      order by i.series_id, i.number limit ${limit + 1}`,
    ),
    rowsOf<{ kind: DocumentKind; count: string; total: string }>(
      ctx,
      sql`select kind, count(*) as count, sum(total_minor) as total from invoices where month = ${month} group by kind order by kind`,
    ),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    documents: shown.map((row) => ({
      ...listed(row),
      accountId: row.account_id,
      accountNumber: row.account_number,
      customerName: row.name,
    })),
    after: rows.length > limit && last ? `${last.series_id}-${last.number}` : null,
    totals: totals.map((row) => ({ kind: row.kind, count: Number(row.count), totalMinor: BigInt(row.total) })),
  };
}

function placeOf(after: string | undefined): [number, number] {
  if (after === undefined) return [0, 0];
  const [, series, number] = /^(\d{1,9})-(\d{1,9})$/.exec(after) ?? [];
  if (series === undefined || number === undefined) throw new DomainError("invalid", "page.malformed");
  return [Number(series), Number(number)];
}

function listed(row: Row): ListedDocument {
  return {
    slug: documentSlug(row),
    kind: row.kind,
    number: documentNumber(row.kind, row.issued_on, row.number),
    month: row.month,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    totalMinor: BigInt(row.total_minor),
    vatMinor: BigInt(row.vat_minor),
  };
}
