import { z } from "zod";
import type { Setting } from "@/server/platform/settings";

/** `invoice` and `credit_note`: a month's lines; `act`: the closing document over an invoice; `payment_request`: «счёт на оплату». */
export const DOCUMENT_KINDS = ["invoice", "act", "credit_note", "payment_request"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Why a person gives money back. */
export const CORRECTION_REASONS = ["outage", "mistake", "goodwill"] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];

/** Acts that wait for a second person. */
export const PERIOD_ACTS = ["period.close", "period.reopen"] as const;
export const CORRECTION_ACT = "charge.correct";

/** Whose money received ahead carries VAT: nobody's, of companies and sole traders, everybody's. */
export const ADVANCE_VAT = ["none", "companies", "everyone"] as const;
export type AdvanceVat = (typeof ADVANCE_VAT)[number];

/** Days of the payment term, both ends in. */
export const PAYMENT_TERM_DAYS = [0, 365] as const;

/** No correction that a person makes is larger without a second person. */
export const MAX_CORRECTION_LIMIT_MINOR = 100_000_000_00n;

/** Documents begin with a month no further ahead: a slipped year would stop them all, without a word. */
export const MAX_MONTHS_AHEAD = 12;

const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What the operator may set. An accountant should confirm them before they are relied on. */
export const INVOICE_SETTINGS = {
  /** "2026-01": documents are made from this month on; earlier ones are closed without. Null: from the first. */
  documentsFrom: { key: "invoices.from", schema: MonthText.nullable(), fallback: null } as Setting<string | null>,
  /** Days from a document's own to the day it has to be paid by, where the account has no term of its own. */
  paymentTermDays: {
    key: "billing.payment_term_days",
    schema: z.int().min(PAYMENT_TERM_DAYS[0]).max(PAYMENT_TERM_DAYS[1]),
    fallback: 14,
  } as Setting<number>,
  /** Kopecks. A correction above it waits for a second person. */
  correctionLimitMinor: {
    key: "billing.correction_limit_minor",
    // A sum is stored as the text of its kopecks; a number is taken too.
    schema: z.union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)]).transform(BigInt),
    fallback: 1_000_00n,
  } as Setting<bigint>,
  advanceVat: { key: "vat.advances", schema: z.enum(ADVANCE_VAT), fallback: "companies" } as Setting<AdvanceVat>,
  /** The rate of an advance, by the day it was received. */
  advanceVatCode: { key: "vat.advance_code", schema: z.string(), fallback: "standard" } as Setting<string>,
} as const;
