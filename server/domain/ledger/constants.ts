/** The customer's side of the book: credited when money comes, debited when it is spent. */
export const CUSTOMER = "customer";

/** Where money of a provider lies until the bank statement, `cash:yookassa`. */
export const cashCode = (provider: string) => `cash:${provider}`;

/** Tax of a rate, `vat:22`. */
export const vatCode = (percent: number) => `vat:${percent}`;

/** VAT of money received before the service («76.АВ»), `vat_advance:22`; what it is owed to until the service is done. */
export const vatAdvanceCode = (percent: number) => `vat_advance:${percent}`;
export const vatDueCode = (percent: number) => `vat_due:${percent}`;

export const TRANSFER_KINDS = [
  "payment",
  "payment_reversal",
  "charge",
  "charge_vat",
  "adjustment",
  "adjustment_vat",
  "advance_vat",
  "advance_vat_closing",
  "opening",
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** `group:name` or a bare group; what the database column may hold. */
export const LEDGER_CODE = /^[a-z_]+(:[a-z0-9_-]+)?$/;
