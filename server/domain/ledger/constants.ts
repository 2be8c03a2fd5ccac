/** The customer's side of the book: credited when money comes, debited when it is spent. */
export const CUSTOMER = "customer";

/** Where money of a provider lies until the bank statement, `cash:yookassa`. */
export const cashCode = (provider: string) => `cash:${provider}`;

/** Tax of a rate, `vat:22`. */
export const vatCode = (percent: number) => `vat:${percent}`;

export const TRANSFER_KINDS = ["payment", "charge", "charge_vat", "adjustment", "adjustment_vat", "opening"] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** `group:name` or a bare group; what the database column may hold. */
export const LEDGER_CODE = /^[a-z]+(:[a-z0-9_-]+)?$/;
