/** Days to pay what is charged whatever the balance, where the account says nothing of its own. */
export const DEFAULT_PAYMENT_TERM_DAYS = 14;

/** Days past due before the service is closed, where the account says nothing of its own. */
export const DEFAULT_BLOCK_DELAY_DAYS = 10;
