import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { ACCOUNT_SORTS, ACCOUNT_STATES, CUSTOMER_KINDS, MAX_TERM_DAYS } from "./constants";

export const DayInput = z.string().refine(isDay, { error: "day.malformed" });
export const MinorInput = z.bigint();

export const AddressInput = z.object({
  city: z.string().trim().min(1).max(120),
  street: z.string().trim().min(1).max(160),
  house: z.string().trim().min(1).max(20),
  flat: z.string().trim().max(20).nullable().default(null),
});

const TERM_DAYS = { error: "terms.days_out_of_bounds" };
/** Null = the operator's own. */
const TermDaysInput = z.int(TERM_DAYS).min(0, TERM_DAYS).max(MAX_TERM_DAYS, TERM_DAYS).nullable();

export const RegisterSubscriberInput = z.object({
  kind: z.enum(CUSTOMER_KINDS),
  name: z.string().trim().min(1).max(300),
  phone: z
    .string()
    .regex(/^\+\d{10,15}$/)
    .nullable()
    .default(null),
  email: z.email().max(254).nullable().default(null),
  inn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/)
    .nullable()
    .default(null),
  contractNumber: z.string().trim().min(1).max(60),
  accountNumber: z.string().trim().min(1).max(60),
  openedOn: DayInput,
  closedOn: DayInput.nullable().default(null),
  anchorDay: z.int().min(1).max(31).default(1),
  creditLimitMinor: z.bigint().nonnegative().default(0n),
  paymentTermDays: TermDaysInput.default(null),
  blockDelayDays: TermDaysInput.default(null),
  address: AddressInput.nullable().default(null),
});
export type RegisterSubscriberInput = z.input<typeof RegisterSubscriberInput>;

export const SetCreditLimitInput = z.object({
  accountId: z.uuid(),
  creditLimitMinor: z.bigint().min(0n).max(100_000_000_00n),
});
export type SetCreditLimitInput = z.input<typeof SetCreditLimitInput>;

export const SetPaymentTermsInput = z.object({
  accountId: z.uuid(),
  /** Days to pay what is charged whatever the balance, and a month's invoice. */
  paymentTermDays: TermDaysInput,
  /** Days past due before the service is closed. */
  blockDelayDays: TermDaysInput,
});
export type SetPaymentTermsInput = z.input<typeof SetPaymentTermsInput>;

export const SearchAccountsInput = z.object({
  query: z.string().max(200),
  limit: z.int().min(1).max(100).default(20),
});
export type SearchAccountsInput = z.input<typeof SearchAccountsInput>;

const MonthInput = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "month.malformed" });

/** What a list of accounts is narrowed by; all of it together. Both days of an interval are in it. */
export const AccountFilterInput = z.object({
  /** Words, as in `searchAccounts`. */
  query: z.string().max(200).default(""),
  /** `active`: anything in force today, blocked or not, as the figures count it; the blocked are a part of them. */
  state: z.enum(ACCOUNT_STATES).optional(),
  /**
   * Code of a tariff: held now, or last by a terminated account; with `chargedIn`, the one charged for; with days of the
   * start or the end, the account's main one, as figures by tariff count it.
   */
  tariff: z.string().max(60).optional(),
  /** The account's first subscription started in these days. */
  startedFrom: DayInput.optional(),
  startedTo: DayInput.optional(),
  /** The account's last subscription ends in these days and nothing follows it. */
  endedFrom: DayInput.optional(),
  endedTo: DayInput.optional(),
  /** Charged in this month, by the day the charge is booked on. */
  chargedIn: MonthInput.optional(),
});
export type AccountFilterInput = z.input<typeof AccountFilterInput>;
export type AccountFilter = z.output<typeof AccountFilterInput>;

export const ListAccountsInput = AccountFilterInput.extend({
  sort: z.enum(ACCOUNT_SORTS).default("name"),
  descending: z.boolean().default(false),
  limit: z.int().min(1).max(200).default(50),
  /** Where the page starts, as an earlier page told it; one of the two. */
  after: z.string().max(1_000).optional(),
  before: z.string().max(1_000).optional(),
});
export type ListAccountsInput = z.input<typeof ListAccountsInput>;

export const AccountIdInput = z.object({ accountId: z.uuid() });
export type AccountIdInput = z.input<typeof AccountIdInput>;

export const RevealContactsInput = z.object({
  accountId: z.uuid(),
  /** Why they are needed, in the person's own words; it stays in the audit. */
  reason: z.string().trim().min(3, { error: "reveal.reason_too_short" }).max(300),
});
export type RevealContactsInput = z.input<typeof RevealContactsInput>;

export const AccountHistoryInput = z.object({ accountId: z.uuid(), limit: z.int().min(1).max(200).default(50) });
export type AccountHistoryInput = z.input<typeof AccountHistoryInput>;
