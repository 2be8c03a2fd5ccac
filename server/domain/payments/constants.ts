/**
 * created → pending → posted | canceled | failed. `unknown`: the provider did not answer; it is asked again with the same
 * key, never paid again. `posted`: the money is in the ledger.
 */
export const PAYMENT_STATES = ["created", "unknown", "pending", "posted", "canceled", "failed"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const MIN_PAYMENT_MINOR = 10_00n;
export const MAX_PAYMENT_MINOR = 250_000_00n;

/** What terminals speak: OSMP (QIWI and whoever took it over, the second protocol of Sberbank among them) and Sberbank's own. */
export const TERMINAL_PROTOCOLS = ["osmp", "sberbank"] as const;
export type TerminalProtocol = (typeof TERMINAL_PROTOCOLS)[number];

export const TERMINAL_COMMANDS = ["check", "pay", "cancel", "status"] as const;
export type TerminalCommand = (typeof TERMINAL_COMMANDS)[number];

/**
 * What a terminal is told, before a dialect puts it into its code and words. `try_later` is the only one that it may ask
 * again after; `wrong_address`, `wrong_secret` and `wrong_certificate` are told to us alone.
 */
export const TERMINAL_OUTCOMES = [
  "ok",
  "try_later",
  "malformed",
  "unknown_command",
  "bad_account",
  "account_not_found",
  "account_inactive",
  "bad_txn_id",
  "bad_sum",
  "sum_too_small",
  "sum_too_large",
  "bad_date",
  "conflict",
  "payment_not_found",
  "payment_reversed",
  "cancel_refused",
  "wrong_address",
  "wrong_secret",
  "wrong_certificate",
] as const;
export type TerminalOutcome = (typeof TERMINAL_OUTCOMES)[number];

/** The outcomes of a request that was not let in, which is answered by HTTP and in no protocol's words. */
export const CLOSED_DOOR = ["wrong_address", "wrong_secret", "wrong_certificate"] as const;
export type AnswerOutcome = Exclude<TerminalOutcome, (typeof CLOSED_DOOR)[number]>;

export const MIN_TERMINAL_MINOR = 1_00n;
/** What a terminal took before, and could not tell us until now. */
export const OLDEST_TERMINAL_DAYS = 62;

/** Providers that are not terminals: no terminal may take their name, and their cash with it. */
export const RESERVED_CODES = ["yookassa", "office", "import"] as const;
