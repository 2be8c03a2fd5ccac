import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { addMonths, type Day, dayIn, monthStart } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { DocumentKind } from "./constants";
import { freshLines, readReachMonths } from "./read-fresh-lines";
import { documentNumber, placeOfSlug } from "./rules/document-number";
import { type VatTotal, vatTotals } from "./rules/vat-totals";
import { ReadDocumentInput } from "./schema";

/** A line with everything it was made of: «почему столько» on paper. */
export interface DocumentLine {
  /** What was charged, or the correction; null of a line that is neither. */
  readonly sourceId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly reason: string | null;
  readonly chargedFrom: Day;
  readonly chargedTo: Day;
  readonly chargedDays: number | null;
  readonly periodDays: number | null;
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  readonly amountMinor: Minor;
}

export interface Party {
  readonly name: string;
  readonly inn: string | null;
  readonly kpp: string | null;
  readonly address: string | null;
  readonly contractNumber: string | null;
  readonly signedOn: Day | null;
  readonly accountNumber: string | null;
}

export interface DocumentView {
  readonly slug: string;
  readonly kind: DocumentKind;
  /** Null on a draft: the month is not over, or the document is not issued. */
  readonly number: string | null;
  readonly month: Day;
  readonly isMonthOver: boolean;
  readonly issuedOn: Day | null;
  readonly dueOn: Day | null;
  readonly seller: Party;
  readonly buyer: Party;
  readonly lines: readonly DocumentLine[];
  readonly totals: readonly VatTotal[];
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
  /** Advances that the document closed, each at its own rate. */
  readonly advances: readonly {
    readonly receivedOn: Day;
    readonly vatPercent: number;
    readonly amountMinor: Minor;
    readonly vatMinor: Minor;
  }[];
}

const DRAFT = /^(\d{4}-(?:0[1-9]|1[0-2]))-draft$/;

/**
 * A document of an account, by its place (`2026-10-invoice-0`), as it was issued; `2026-11-draft` is what would be issued for a
 * month now. Throws `not_found` (`document.not_found`) for another's and for none alike.
 */
export async function readDocument(ctx: Context, raw: ReadDocumentInput): Promise<DocumentView> {
  const scope = requirePermission(ctx, "invoice:read");
  const { accountId, slug } = ReadDocumentInput.parse(raw);
  await requireAccounts(ctx, scope, [accountId]);
  const [, draftMonth] = DRAFT.exec(slug) ?? [];
  return draftMonth === undefined
    ? readIssued(ctx, accountId, slug)
    : readDraft(ctx, accountId, `${draftMonth}-01` as Day);
}

async function readIssued(ctx: Context, accountId: string, slug: string): Promise<DocumentView> {
  const place = placeOfSlug(slug);
  if (!place) throw new DomainError("not_found", "document.not_found");
  const { month, kind, ordinal } = place;
  const [[row], lines, advances] = await Promise.all([
    rowsOf<Record<string, string | number | null>>(
      ctx,
      sql`
      select i.number, i.issued_on, i.due_on, i.total_minor, i.vat_minor, to_jsonb(s) as seller, to_jsonb(b) as buyer
      from invoices i join document_parties s on s.id = i.seller_id join document_parties b on b.id = i.buyer_id
      where i.account_id = ${accountId} and i.month = ${month} and i.kind = ${kind} and i.ordinal = ${ordinal}`,
    ),
    rowsOf<LineRow>(
      ctx,
      sql`select * from invoice_lines where account_id = ${accountId} and month = ${month} and ordinal = ${ordinal} order by line`,
    ),
    rowsOf<{ received_on: Day; vat_percent: number; amount_minor: string; vat_minor: string }>(
      ctx,
      sql`
      select a.received_on, a.vat_percent, c.amount_minor, c.vat_minor
      from vat_advance_closings c join vat_advances a using (account_id, payment_id)
      where account_id = ${accountId} and c.month = ${month} and c.ordinal = ${ordinal} order by a.received_on, a.payment_id`,
    ),
  ]);
  if (!row) throw new DomainError("not_found", "document.not_found");
  const shown = lines.map(lineOf);
  return {
    ...{ slug, kind, month, isMonthOver: addMonths(month, 1) <= dayIn(ctx.now(), ctx.zone) },
    number: documentNumber(kind, row.issued_on as Day, Number(row.number)),
    issuedOn: row.issued_on as Day,
    dueOn: row.due_on as Day | null,
    seller: partyOf(row.seller),
    buyer: partyOf(row.buyer),
    lines: shown,
    totals: vatTotals(shown),
    totalMinor: BigInt(row.total_minor ?? 0),
    vatMinor: BigInt(row.vat_minor ?? 0),
    advances: advances.map((one) => ({
      receivedOn: one.received_on,
      vatPercent: one.vat_percent,
      amountMinor: BigInt(one.amount_minor),
      vatMinor: BigInt(one.vat_minor),
    })),
  };
}

/** The content of `issueInvoices` stopped before the write: no number, no date, today's requisites. */
async function readDraft(ctx: Context, accountId: string, month: Day): Promise<DocumentView> {
  if (month > monthStart(dayIn(ctx.now(), ctx.zone))) throw new DomainError("not_found", "document.not_found");
  const [[owner], lines] = await Promise.all([
    rowsOf<{ seller: unknown; buyer: unknown }>(
      ctx,
      sql`
      select jsonb_build_object('name', e.name, 'inn', e.inn) as seller,
             jsonb_build_object('name', u.name, 'inn', u.inn, 'kpp', u.kpp, 'contract_number', c.number, 'signed_on', c.signed_on,
               'account_number', a.number, 'address', nullif(concat_ws(', ', h.city, h.street, h.house, 'кв. ' || h.flat), '')) as buyer
      from accounts a
      join contracts c on c.id = a.contract_id
      join customers u on u.id = a.customer_id
      join legal_entities e on e.id = c.legal_entity_id
      left join addresses h on h.id = a.address_id
      where a.id = ${accountId}`,
    ),
    readReachMonths(ctx).then((reachMonths) =>
      rowsOf<LineRow>(
        ctx,
        sql`select * from (${freshLines({ accountIds: [accountId], month, reachMonths })}) f
            order by kind = 'adjustment', charged_from, name, source_id`,
      ),
    ),
  ]);
  if (lines.length === 0) throw new DomainError("not_found", "document.not_found");
  const shown = lines.map(lineOf);
  const totalMinor = shown.reduce((sum, line) => sum + line.amountMinor, 0n);
  return {
    slug: `${month.slice(0, 7)}-draft`,
    kind: totalMinor < 0n ? "credit_note" : "invoice",
    number: null,
    month,
    isMonthOver: addMonths(month, 1) <= dayIn(ctx.now(), ctx.zone),
    issuedOn: null,
    dueOn: null,
    seller: partyOf(owner?.seller),
    buyer: partyOf(owner?.buyer),
    lines: shown,
    totals: vatTotals(shown),
    totalMinor,
    vatMinor: shown.reduce((sum, line) => sum + line.vatMinor, 0n),
    advances: [],
  };
}

/** The months, from the first that anything of an account may stand in, whose charges wait for a document; at most two. */
export async function listDrafts(
  ctx: Context,
  accountId: string,
): Promise<{ slug: string; month: Day; totalMinor: Minor }[]> {
  const scope = requirePermission(ctx, "invoice:read");
  await requireAccounts(ctx, scope, [accountId]);
  const running = monthStart(dayIn(ctx.now(), ctx.zone));
  const reachMonths = await readReachMonths(ctx);
  const months = [running, addMonths(running, -1)];
  const rows = await rowsOf<{ month: Day; minor: string }>(
    ctx,
    sql.join(
      months.map(
        (month) => sql`
          (select ${month}::date as month, coalesce(sum(amount_minor), 0) as minor
           from (${freshLines({ accountIds: [accountId], month, reachMonths })}) f)`,
      ),
      sql` union all `,
    ),
  );
  return rows
    .filter((row) => BigInt(row.minor) !== 0n)
    .map((row) => ({ slug: `${row.month.slice(0, 7)}-draft`, month: row.month, totalMinor: BigInt(row.minor) }));
}

type LineRow = Record<string, string | number | null>;

function lineOf(row: LineRow): DocumentLine {
  const count = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : Number(value);
  return {
    sourceId: row.source_id === null ? null : String(row.source_id),
    kind: String(row.kind),
    name: String(row.name),
    reason: row.reason === null ? null : String(row.reason),
    chargedFrom: row.charged_from as Day,
    chargedTo: row.charged_to as Day,
    chargedDays: count(row.charged_days),
    periodDays: count(row.period_days),
    priceVersion: count(row.price_version),
    feeMinor: BigInt(row.fee_minor ?? 0),
    discountMinor: BigInt(row.discount_minor ?? 0),
    vatPercent: Number(row.vat_percent),
    vatMinor: BigInt(row.vat_minor ?? 0),
    amountMinor: BigInt(row.amount_minor ?? 0),
  };
}

function partyOf(value: unknown): Party {
  const row = (value ?? {}) as Record<string, string | null>;
  return {
    name: row.name ?? "",
    inn: row.inn ?? null,
    kpp: row.kpp ?? null,
    address: row.address ?? null,
    contractNumber: row.contract_number ?? null,
    signedOn: (row.signed_on ?? null) as Day | null,
    accountNumber: row.account_number ?? null,
  };
}
