/**
 * created → pending → posted | canceled | failed. `unknown`: the provider did not answer; it is asked again with the same
 * key, never paid again. `posted`: the money is in the ledger.
 */
export const PAYMENT_STATES = ["created", "unknown", "pending", "posted", "canceled", "failed"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const MIN_PAYMENT_MINOR = 10_00n;
export const MAX_PAYMENT_MINOR = 250_000_00n;
