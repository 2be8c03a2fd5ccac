import { sql } from "drizzle-orm";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { addMonths, dayIn, monthStart } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { lockSettings, readSettings, writeSettings } from "@/server/platform/settings";
import { withTransaction } from "@/server/platform/transaction";
import { INVOICE_SETTINGS, MAX_MONTHS_AHEAD } from "./constants";
import { DOCUMENT_SETTING_KEYS } from "./read-document-settings";
import { SetDocumentSettingsInput } from "./schema";

/**
 * Says what documents, corrections and advances go by from now on; documents that are issued stay as they are. Refuses, at
 * the field: a first month later than one that has documents (`documents.issued_before`) or more than a year ahead
 * (`documents.too_far`), a VAT code without a rate today (`vat.no_rate`); and settings that somebody else has changed since
 * they were read (`setting.changed_meanwhile`).
 */
export async function setDocumentSettings(ctx: Context, raw: SetDocumentSettingsInput): Promise<void> {
  requirePermission(ctx, "setting:edit_documents");
  const { seen, settings } = SetDocumentSettingsInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    await lockSettings(tx, DOCUMENT_SETTING_KEYS, seen);
    const [before] = await Promise.all([
      readSettings(tx, INVOICE_SETTINGS),
      requireMonth(tx, settings.documentsFrom),
      requireRate(tx, settings.advanceVatCode),
    ]);
    const names = Object.keys(INVOICE_SETTINGS) as (keyof typeof INVOICE_SETTINGS)[];
    const changed = await writeSettings(
      tx,
      Object.fromEntries(names.map((name) => [INVOICE_SETTINGS[name].key, settings[name]])),
    );
    await record(tx, {
      audit: names
        .filter((name) => changed.includes(INVOICE_SETTINGS[name].key) && before[name] !== settings[name])
        .map((name) => ({
          action: "documents.set",
          entity: "setting",
          entityId: INVOICE_SETTINGS[name].key,
          before: before[name],
          after: settings[name],
        })),
    });
  });
}

async function requireMonth(tx: Context, month: string | null): Promise<void> {
  if (month === null) return;
  const field = "settings.documentsFrom";
  const last = addMonths(monthStart(dayIn(tx.now(), tx.zone)), MAX_MONTHS_AHEAD).slice(0, 7);
  if (month > last) throw new DomainError("invalid", "documents.too_far", { field, month: last });
  const [row] = await rowsOf<{ month: string | null }>(
    tx,
    sql`select to_char(min(month), 'YYYY-MM') as month from invoices where kind in ('invoice', 'credit_note')`,
  );
  if (row?.month && month > row.month) {
    throw new DomainError("invalid", "documents.issued_before", { field, month: row.month });
  }
}

async function requireRate(tx: Context, code: string): Promise<void> {
  const today = dayIn(tx.now(), tx.zone);
  const { vatRates } = await readCatalog(tx);
  if (vatRates.some((rate) => rate.code === code && rate.validFrom <= today)) return;
  throw new DomainError("invalid", "vat.no_rate", { field: "settings.advanceVatCode", code });
}
