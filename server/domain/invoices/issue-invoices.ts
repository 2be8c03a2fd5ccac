import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { addDays, addMonths, type Day, dayIn } from "@/server/kernel/day";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { INVOICE_SETTINGS } from "./constants";
import { freshLines, readReachMonths } from "./read-fresh-lines";
import { documentsOf, dueOnOf } from "./rules/documents-of";
import { IssueInvoicesInput } from "./schema";
import { settleAdvances } from "./settle-advances";
import { type NewDocument, putParties, writeDocuments } from "./write-documents";

export interface IssuedInvoices {
  /** Accounts that got a document; `issued + skipped` = the accounts asked for. */
  readonly issued: number;
  /** Nothing was charged, everything stands on a document already, or it comes to zero. */
  readonly skipped: number;
  readonly documents: number;
  /** Of invoices and credit notes: what the book charged in the month and no document held before. */
  readonly totalMinor: Minor;
}

/**
 * Issues the documents of a month that is over, for one account or ten thousand: a snapshot of what was charged and given back in
 * it, less what documents of the month hold already. So a repeat issues nothing, and a late charge makes a further document.
 * A month that comes to zero makes none. What the month has used of advances is closed with it. Set-based; numbers are taken in the
 * last step.
 *
 * Throws `precondition` (`invoice.month_not_over`, `invoice.before_first` with the first month of documents).
 */
export async function issueInvoices(ctx: Context, raw: IssueInvoicesInput): Promise<IssuedInvoices> {
  requirePermission(ctx, "invoice:issue");
  const input = IssueInvoicesInput.parse(raw);
  const accountIds = [...new Set(input.accountIds)];
  const month = `${input.month}-01` as Day;
  const issuedOn = addDays(addMonths(month, 1), -1);
  if (issuedOn >= dayIn(ctx.now(), ctx.zone))
    throw new DomainError("precondition", "invoice.month_not_over", { month: input.month });
  return withTransaction(ctx, async (tx) => {
    const [{ documentsFrom, paymentTermDays }, reachMonths] = await Promise.all([
      readSettings(tx, INVOICE_SETTINGS),
      readReachMonths(tx),
    ]);
    if (documentsFrom !== null && input.month < documentsFrom)
      throw new DomainError("precondition", "invoice.before_first", { month: documentsFrom });
    const balances = await lockBalances(tx, accountIds);
    const sums = await writeLines(tx, { accountIds, month, reachMonths });
    const parties = await putParties(
      tx,
      sums.map((sum) => sum.accountId),
    );
    const documents = sums.flatMap(({ accountId, ordinal, totalMinor, vatMinor }): NewDocument[] => {
      const between = parties.get(accountId);
      assertInvariant(between, "invoices.no_parties");
      const shared = { parties: between, month, ordinal, issuedOn, totalMinor, vatMinor };
      const termDays = between.paymentTermDays ?? paymentTermDays;
      return documentsOf(between.customerKind, totalMinor).map((kind) => ({
        ...shared,
        kind,
        dueOn: dueOnOf(kind, issuedOn, termDays, balances.get(accountId) ?? 0n),
      }));
    });
    const closing = sums.filter((sum) => sum.totalMinor > 0n);
    await settleAdvances(tx, closing, balances, { month, lastDay: issuedOn });
    await writeDocuments(tx, documents);
    const summary = {
      issued: sums.length,
      skipped: accountIds.length - sums.length,
      documents: documents.length,
      totalMinor: sums.reduce((total, sum) => total + sum.totalMinor, 0n),
    };
    await recordIssue(tx, input.month, accountIds, summary);
    return summary;
  });
}

interface LineSum {
  readonly accountId: string;
  readonly ordinal: number;
  readonly totalMinor: Minor;
  readonly vatMinor: Minor;
}

/** Writes the lines of the accounts whose month does not come to zero, and tells what they come to. */
async function writeLines(tx: Context, question: Parameters<typeof freshLines>[0]): Promise<LineSum[]> {
  const rows = await rowsOf<{ account_id: string; ordinal: number; total: string; vat: string }>(
    tx,
    sql`
    with lines as materialized (
      select f.*, sum(f.amount_minor) over account as total, sum(f.vat_minor) over account as vat,
             row_number() over (partition by f.account_id order by f.kind = 'adjustment', f.charged_from, f.name, f.source_id) as line,
             coalesce((select max(i.ordinal) + 1 from invoices i where i.account_id = f.account_id and i.month = ${question.month}), 0)
               as ordinal
      from (${freshLines(question)}) f
      window account as (partition by f.account_id)
    ), put as (
      insert into invoice_lines (account_id, month, ordinal, line, term, charged_days, period_days, price_version, period_start,
                                 charged_from, charged_to, vat_percent, fee_minor, discount_minor, amount_minor, vat_minor, source_id,
                                 kind, name, reason)
      select account_id, ${question.month}::date, ordinal, line, term, charged_days, period_days, price_version, period_start,
             charged_from, charged_to, vat_percent, fee_minor, discount_minor, amount_minor, vat_minor, source_id, kind, name, reason
      from lines where total <> 0
    )
    select account_id, ordinal, total, vat from lines where line = 1 and total <> 0 order by account_id`,
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    ordinal: row.ordinal,
    totalMinor: BigInt(row.total),
    vatMinor: BigInt(row.vat),
  }));
}

/** One account tells its own story; a chunk of many tells its totals, and the documents themselves are the facts. */
async function recordIssue(
  tx: Context,
  month: string,
  accountIds: readonly string[],
  summary: IssuedInvoices,
): Promise<void> {
  if (summary.issued === 0) return;
  const accountId = accountIds.length === 1 ? (accountIds[0] ?? null) : null;
  await record(tx, {
    audit: [{ action: "invoice.issue", entity: "invoices", entityId: month, accountId, after: { month, ...summary } }],
    events: [{ type: "invoice.issued", accountId, payload: { month, ...summary } }],
  });
}
