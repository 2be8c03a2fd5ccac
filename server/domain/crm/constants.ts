export const CUSTOMER_KINDS = ["person", "sole_trader", "company"] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

/**
 * `terminated`: closed, or nothing it ever had is in force. `blocked`: served by promise, held by an open block.
 * `active`: the rest.
 */
export const ACCOUNT_STATES = ["active", "blocked", "terminated"] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const ACCOUNT_SORTS = ["name", "number", "balance", "opened"] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** The longest payment term and the longest delay of a block, days. */
export const MAX_TERM_DAYS = 365;

/** Key in `settings`: the number of support, "+78001234567". */
export const SUPPORT_PHONE_SETTING = "operator.support_phone";
