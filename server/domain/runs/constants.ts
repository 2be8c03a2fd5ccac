/** Days to pay what is charged whatever the balance, where the account says nothing of its own. */
export const DEFAULT_PAYMENT_TERM_DAYS = 14;

/** Days past due before the service is closed, where the account says nothing of its own. */
export const DEFAULT_BLOCK_DELAY_DAYS = 10;

/** When a change of tariff comes into force. */
export const TARIFF_CHANGE_TIMES = ["next_period", "now"] as const;
export type TariffChangeTime = (typeof TARIFF_CHANGE_TIMES)[number];

/** Ledger code that the fee for a change of tariff is credited to. */
export const CHANGE_REVENUE = "revenue:tariff-change";
