import { shiftMonth } from "@/components/analytics/hrefs";
import { type Params, tableHref } from "@/components/blocks/table-url";
import { DOCUMENT_KINDS, type DocumentKind } from "@/server/domain/invoices/constants";

export const INVOICES_PATH = "/billing/invoices";

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The address of the list read with care: what is not ours is left out, never an error. */
export interface InvoiceParams {
  readonly month: string;
  readonly kind?: DocumentKind;
  readonly query: string;
  readonly after?: string;
}

/** `today` gives the month that stands when the address names none: the last one that is over. */
export function readInvoiceParams(raw: Params, today: string): InvoiceParams {
  const text = (name: string) => (typeof raw[name] === "string" ? raw[name].trim() : "");
  const month = text("month");
  const kind = DOCUMENT_KINDS.find((one) => one === raw.kind);
  const after = text("after");
  return {
    month: MONTH.test(month) ? month : stepMonth(today.slice(0, 7), -1),
    query: text("q").slice(0, 200),
    ...(kind && { kind }),
    ...(after !== "" && after.length <= 30 && { after }),
  };
}

/** The list's own address with some parameters changed; a changed list starts from its first page. */
export function invoicesHref({ month, kind, query }: InvoiceParams, changes: Params): string {
  return tableHref(INVOICES_PATH, { month, kind, q: query }, { after: undefined, ...changes });
}

/** "2026-01", −1 → "2025-12". */
export const stepMonth = (month: string, by: number): string => shiftMonth(month, by).slice(0, 7);
