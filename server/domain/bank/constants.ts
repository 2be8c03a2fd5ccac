import { z } from "zod";
import type { Setting } from "@/server/platform/settings";

/** Why a whole statement is refused; the `reason` of a `DomainError` is `bank.<fault>`, `line` says where. */
export const STATEMENT_FAULTS = [
  "not_a_statement",
  "version_unknown",
  "line_malformed",
  "key_repeats",
  "section_inside",
  "section_unopened",
  "cut",
  "after_end",
  "encoding_mixed",
  "number_missing",
  "date_malformed",
  "amount_malformed",
  "no_own_accounts",
  "too_large",
] as const;
export type StatementFault = (typeof STATEMENT_FAULTS)[number];

/** What a document of a statement is to us: only `credit` is money of subscribers. */
export const DOCUMENT_SORTS = ["credit", "debit", "between_own", "not_received", "foreign"] as const;
export type DocumentSort = (typeof DOCUMENT_SORTS)[number];

/** `unknown`: waits for a person; `matched`: all of it stands on accounts. */
export const CREDIT_STATES = ["unknown", "matched"] as const;
export type CreditState = (typeof CREDIT_STATES)[number];

/** What speaks for an account, or against it. Points: `rules/weigh-accounts.ts`. */
export const EVIDENCE = [
  "account_labelled",
  "account_bare",
  "contract_labelled",
  "contract_bare",
  "inn",
  "only_account",
  "document_amount",
  "payer_known",
  "inn_differs",
  "closed",
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** A file that a person drops on the page; the command takes any. */
export const MAX_UPLOAD_BYTES = 8 * 1024 * 1024;

/** One credit is split over no more accounts. */
export const MAX_PARTS = 50;

export const OwnAccounts = z
  .array(z.object({ legalEntityId: z.uuid(), number: z.string().regex(/^\d{20}$/) }))
  .max(100);
export type OwnAccounts = z.output<typeof OwnAccounts>;

export const BANK_SETTINGS = {
  /** The operator's own accounts in banks: what comes to them is money of subscribers. */
  ownAccounts: { key: "bank.own_accounts", schema: OwnAccounts, fallback: [] } as Setting<OwnAccounts>,
} as const;
