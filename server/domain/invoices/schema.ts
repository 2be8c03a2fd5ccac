import { z } from "zod";
import { FEE_KINDS } from "@/server/domain/subscriptions";
import { isDay } from "@/server/kernel/day";
import {
  ADVANCE_VAT,
  CORRECTION_REASONS,
  DOCUMENT_KINDS,
  MAX_CORRECTION_LIMIT_MINOR,
  PAYMENT_TERM_DAYS,
} from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

export const MonthInput = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "month.malformed" });

/** Why, in the person's own words; it stays in the audit. */
const ReasonInput = z.string().trim().min(3, { error: "reason.too_short" }).max(300);

export const PeriodInput = z.object({ legalEntityId: z.uuid(), month: MonthInput, reason: ReasonInput });
export type PeriodInput = z.input<typeof PeriodInput>;

export const DecidePeriodInput = z.object({ approvalId: z.uuid(), approve: z.boolean() });
export type DecidePeriodInput = z.input<typeof DecidePeriodInput>;

export const CHARGE_KINDS = ["recurring", "daily", "one_off", "usage", ...FEE_KINDS] as const;

/** The natural key of a charge. */
const ChargeKey = z.object({
  accountId: z.uuid(),
  /** Of a fee: what it was for. */
  subscriptionId: z.uuid(),
  term: z.int().min(0).max(30_000).default(0),
  periodStart: DayInput,
  /** `usage:2` and on: what came after the period was charged. */
  kind: z.union([z.enum(CHARGE_KINDS), z.string().regex(/^usage:\d{1,4}$/)]).default("recurring"),
});

const NOT_POSITIVE = { error: "correction.not_positive" };

export const CorrectChargeInput = ChargeKey.extend({
  /** Kopecks, VAT inside; null = all that is left of the line. */
  amountMinor: z.bigint(NOT_POSITIVE).positive(NOT_POSITIVE).nullable(),
  reason: z.enum(CORRECTION_REASONS),
  note: ReasonInput,
  /** Made by the client, one per press of the button: the same key is the same correction. */
  requestKey: z.uuid(),
});
export type CorrectChargeInput = z.input<typeof CorrectChargeInput>;
export type CorrectionOrder = z.output<typeof CorrectChargeInput>;

/** An order as `approvals` keeps it: JSON has no bigint. */
export const StoredCorrection = CorrectChargeInput.extend({
  amountMinor: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(BigInt)
    .nullable(),
});

export const DecideCorrectionInput = z.object({ accountId: z.uuid(), approvalId: z.uuid(), approve: z.boolean() });
export type DecideCorrectionInput = z.input<typeof DecideCorrectionInput>;

/** One chunk: more accounts than this in one transaction gain nothing and hold locks for longer. */
export const MAX_INVOICED_ACCOUNTS = 10_000;

export const IssueInvoicesInput = z.object({
  month: MonthInput,
  accountIds: z.array(z.uuid()).min(1).max(MAX_INVOICED_ACCOUNTS),
});
export type IssueInvoicesInput = z.input<typeof IssueInvoicesInput>;

export const IssuePaymentRequestInput = z.object({
  accountId: z.uuid(),
  /** Kopecks, VAT inside. */
  amountMinor: z.bigint().min(1_00n, { error: "payment_request.too_small" }).max(100_000_000_00n),
  /** Made by the client, one per press of the button: the same key is the same request. */
  requestKey: z.uuid(),
});
export type IssuePaymentRequestInput = z.input<typeof IssuePaymentRequestInput>;

export const StartMonthIssueInput = z.object({ month: MonthInput });
export type StartMonthIssueInput = z.input<typeof StartMonthIssueInput>;

export const ReadDocumentInput = z.object({ accountId: z.uuid(), slug: z.string().max(60) });
export type ReadDocumentInput = z.input<typeof ReadDocumentInput>;

export const ListInvoicesInput = z.object({
  month: MonthInput,
  kind: z.enum(DOCUMENT_KINDS).optional(),
  /** Whom they are for: words, as in the search of accounts. */
  query: z.string().trim().max(200).default(""),
  /** Where the page starts, as an earlier page told it. */
  after: z.string().max(30).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListInvoicesInput = z.input<typeof ListInvoicesInput>;

export const SetDocumentSettingsInput = z.object({
  /** `mark` of what was read. */
  seen: z.string().max(64),
  settings: z.object({
    /** Null: from the first month there is. */
    documentsFrom: MonthInput.nullable(),
    paymentTermDays: z.int().min(PAYMENT_TERM_DAYS[0]).max(PAYMENT_TERM_DAYS[1]),
    correctionLimitMinor: z.bigint().min(0n).max(MAX_CORRECTION_LIMIT_MINOR, { error: "setting.sum_too_large" }),
    advanceVat: z.enum(ADVANCE_VAT),
    /** One that has a rate today. */
    advanceVatCode: z.string().min(1).max(40),
  }),
});
export type SetDocumentSettingsInput = z.input<typeof SetDocumentSettingsInput>;
