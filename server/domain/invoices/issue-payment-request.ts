import { sql } from "drizzle-orm";
import { readCatalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { addDays, addMonths, dayIn, monthStart } from "@/server/kernel/day";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { readSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { INVOICE_SETTINGS } from "./constants";
import { type DocumentPlace, documentSlug } from "./rules/document-number";
import { dueOnOf } from "./rules/documents-of";
import { IssuePaymentRequestInput } from "./schema";
import { type NewDocument, putParties, writeDocuments } from "./write-documents";

/**
 * Issues a «счёт на оплату» to a company or a sole trader: a sum to be paid ahead, with the VAT of today's rate. It posts nothing
 * and owes nothing. The same key again answers the same document.
 *
 * Throws `precondition` (`payment_request.not_for_person`) and `conflict` (`payment_request.key_reused`) for another sum.
 */
export async function issuePaymentRequest(ctx: Context, raw: IssuePaymentRequestInput): Promise<{ slug: string }> {
  const scope = requirePermission(ctx, "invoice:request");
  const { accountId, amountMinor, requestKey } = IssuePaymentRequestInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    await requireAccounts(tx, scope, [accountId]);
    await lockBalances(tx, [accountId]);
    const made = await findRequest(tx, accountId, requestKey);
    if (made) {
      if (made.totalMinor !== amountMinor) throw new DomainError("conflict", "payment_request.key_reused");
      return { slug: documentSlug(made) };
    }
    const [parties, settings, catalog] = await Promise.all([
      putParties(tx, [accountId]),
      readSettings(tx, INVOICE_SETTINGS),
      readCatalog(tx),
    ]);
    const between = parties.get(accountId);
    assertInvariant(between, "invoices.no_parties");
    if (between.customerKind === "person") throw new DomainError("precondition", "payment_request.not_for_person");
    const issuedOn = dayIn(tx.now(), tx.zone);
    const month = monthStart(issuedOn);
    const vatPercent = vatPercentOn(catalog.vatRates, settings.advanceVatCode, issuedOn);
    const document: NewDocument = {
      ...{ parties: between, month, kind: "payment_request", issuedOn, requestKey },
      ordinal: await nextOrdinal(tx, accountId, month),
      dueOn: dueOnOf("payment_request", issuedOn, between.paymentTermDays ?? settings.paymentTermDays, 0n),
      totalMinor: amountMinor,
      vatMinor: vatInside(amountMinor, vatPercent),
    };
    await writeRequestLine(tx, document, vatPercent);
    await writeDocuments(tx, [document]);
    const slug = documentSlug(document);
    await record(tx, {
      audit: [
        { action: "invoice.request", entity: "invoice", entityId: slug, accountId, after: { slug, amountMinor } },
      ],
      events: [
        { type: "invoice.issued", accountId, payload: { kind: "payment_request", slug, totalMinor: amountMinor } },
      ],
    });
    return { slug };
  });
}

/** Requests are looked for in this month and the last: a key is one press of a button. */
async function findRequest(tx: Context, accountId: string, requestKey: string) {
  const month = monthStart(dayIn(tx.now(), tx.zone));
  const [row] = await rowsOf<{ month: DocumentPlace["month"]; ordinal: number; total_minor: string }>(
    tx,
    sql`
    select month, ordinal, total_minor from invoices
    where account_id = ${accountId} and month >= ${addMonths(month, -1)} and kind = 'payment_request' and request_key = ${requestKey}`,
  );
  return row
    ? { month: row.month, ordinal: row.ordinal, kind: "payment_request" as const, totalMinor: BigInt(row.total_minor) }
    : null;
}

async function nextOrdinal(tx: Context, accountId: string, month: string): Promise<number> {
  const [row] = await rowsOf<{ ordinal: number }>(
    tx,
    sql`select coalesce(max(ordinal) + 1, 0) as ordinal from invoices where account_id = ${accountId} and month = ${month}`,
  );
  return row?.ordinal ?? 0;
}

async function writeRequestLine(tx: Context, document: NewDocument, vatPercent: number): Promise<void> {
  const { parties, month, ordinal, issuedOn, totalMinor, vatMinor } = document;
  const name = `Услуги связи, аванс по договору № ${parties.contractNumber}, Л/С ${parties.accountNumber}`;
  await tx.db.execute(sql`
    insert into invoice_lines (account_id, month, ordinal, line, period_start, charged_from, charged_to, vat_percent, fee_minor,
                               discount_minor, amount_minor, vat_minor, kind, name)
    values (${parties.accountId}, ${month}, ${ordinal}, 1, ${issuedOn}, ${issuedOn}, ${addDays(issuedOn, 1)}, ${vatPercent},
            ${totalMinor.toString()}::bigint, 0, ${totalMinor.toString()}::bigint, ${vatMinor.toString()}::bigint, 'advance', ${name})`);
}
