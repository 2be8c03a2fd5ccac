/** How far forward at once: to the next day, to the next charge, by a month, by twelve months. */
export const CLOCK_STEPS = ["day", "charge", "month", "year"] as const;
export type ClockStep = (typeof CLOCK_STEPS)[number];

/** Months that a copy may be from the day it was made; partitions are made for every one of them. */
export const MAX_MONTHS = 36;

/** «To the next charge» gives up after so long: there may be none. */
export const LONGEST_WAIT_MONTHS = 12;

/** Who acts in a copy, as the daily jobs act in the main database. */
export const SANDBOX_ACTOR = "sandbox";

export const MAX_PAYMENT_MINOR = 1_000_000_00n;

/** Tables of accounts that a copy does without, each with its reason. */
export const NOT_COPIED: Readonly<Record<string, string>> = {
  account_balances: "the balance comes as one opening transfer",
  transfers: "the balance comes as one opening transfer",
  posting_keys: "keys of transfers that are not copied",
  payments: "what was paid is in the balance",
  terminal_payments: "what was paid is in the balance",
  bank_matches: "what was paid is in the balance",
  account_search: "words that a person is found by",
  audit_log: "who did what",
  events: "what was told",
  messages: "what was said to the person",
  dunning_exceptions: "a copy is told nothing",
  import_rows: "where the person came from",
  subscription_identifiers: "telephone numbers",
  service_tasks: "a copy has no network",
  usage_records: "traffic, which nothing is charged by",
  promo_redemptions: "what a code gave is among the discounts",
  approvals: "what waits for a second person",
  invoices: "a copy has documents of its own, of the months its clock passes",
  invoice_lines: "a copy has documents of its own, of the months its clock passes",
  vat_advances: "closed by documents",
  vat_advance_closings: "closed by documents",
  billing_run_accounts: "what a run found, which is not charged again",
  sandbox_copies: "the sandbox's own",
  sandbox_payments: "the sandbox's own",
};
