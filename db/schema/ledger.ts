import { sql } from "drizzle-orm";
import { bigint, check, date, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, instant, minor } from "../columns";

/**
 * The journal: append-only, one row = one debit and one credit of the same sum, so every row balances by construction.
 * Partitioned by month of `bookedOn`. `number` counts an account's transfers from 1 without a gap (it is the balance's
 * version), which makes a lost or a doubled row visible. The application's role may only INSERT and SELECT.
 */
export const transfers = pgTable(
  "transfers",
  {
    accountId: accountId(),
    bookedOn: day("booked_on").notNull(),
    number: bigint("number", { mode: "bigint" }).notNull(),
    /** Ledger codes: `customer`, `cash:yookassa`, `revenue:internet`, `vat:22`, … */
    debit: text("debit").notNull(),
    credit: text("credit").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    currency: text("currency").notNull(),
    kind: text("kind").notNull(),
    /** When it happened in the world; `createdAt` is when the book learned of it. */
    occurredAt: instant("occurred_at").notNull(),
    /** What it is about: the id of a payment, of a subscription, of what a fee is for, of a person's correction. */
    subjectId: uuid("subject_id"),
    /** Of a charge: the start of the period it is for. */
    periodStart: date("period_start", { mode: "string" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.bookedOn, table.number] }),
    check("transfers_amount_positive", sql`${table.amountMinor} > 0`),
    check("transfers_two_sides", sql`${table.debit} <> ${table.credit}`),
  ],
);

/** What the customer has (positive) or owes (negative): a projection of `transfers`, updated in the same transaction. */
export const accountBalances = pgTable("account_balances", {
  accountId: uuid("account_id").primaryKey(),
  balanceMinor: minor("balance_minor").notNull().default(sql`0`),
  /** Number of the account's latest transfer. */
  version: bigint("version", { mode: "bigint" }).notNull().default(sql`0`),
  currency: text("currency").notNull().default("RUB"),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

/**
 * Natural keys of single postings (`payment:<id>`). The primary key is what makes a posting happen once, whatever month
 * it lands in; charges have theirs in `charges`.
 */
export const postingKeys = pgTable(
  "posting_keys",
  { accountId: accountId(), key: text("key").notNull(), bookedOn: day("booked_on").notNull(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.accountId, table.key] })],
);

/**
 * Months of a legal entity's book that are closed: nothing may be booked in one. A reopened month keeps its row; who closed
 * it before, and why it was opened, is in the audit.
 */
export const accountingPeriods = pgTable(
  "accounting_periods",
  {
    legalEntityId: uuid("legal_entity_id").notNull(),
    /** First day of the calendar month. */
    month: day("month").notNull(),
    closedAt: instant("closed_at").notNull(),
    /** As the audit names actors. */
    closedBy: text("closed_by").notNull(),
    reopenedAt: instant("reopened_at"),
    reopenedBy: text("reopened_by"),
  },
  (table) => [primaryKey({ columns: [table.legalEntityId, table.month] })],
);

/**
 * Money of a customer that came before the service did, and the VAT it carries by the day it was received. `openMinor` is a
 * projection of the closings, written with them; the rest is written once.
 */
export const vatAdvances = pgTable(
  "vat_advances",
  {
    accountId: accountId(),
    paymentId: uuid("payment_id").notNull(),
    /** By which the rate is; a payment that is heard of late is booked later. */
    receivedOn: day("received_on").notNull(),
    bookedOn: day("booked_on").notNull(),
    vatPercent: integer("vat_percent").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    /** What no service has used yet, and its VAT. */
    openMinor: minor("open_minor").notNull(),
    openVatMinor: minor("open_vat_minor").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.paymentId] }),
    index("vat_advances_open").on(table.accountId).where(sql`${table.openMinor} > 0`),
    check(
      "vat_advances_sums",
      sql`${table.amountMinor} > 0 and ${table.openMinor} between 0 and ${table.amountMinor} and ${table.openVatMinor} between 0 and ${table.vatMinor}`,
    ),
  ],
);

/** The link advance → closing: how much of an advance a month's document has used, at the advance's own rate. Append-only. */
export const vatAdvanceClosings = pgTable(
  "vat_advance_closings",
  {
    accountId: accountId(),
    paymentId: uuid("payment_id").notNull(),
    /** The document that closes it: its month and its place among the account's documents of the month. */
    month: day("month").notNull(),
    ordinal: smallint("ordinal").notNull(),
    closedOn: day("closed_on").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.paymentId, table.month, table.ordinal] }),
    check("vat_advance_closings_positive", sql`${table.amountMinor} > 0 and ${table.vatMinor} >= 0`),
  ],
);

/** Outcomes of checks that two sides agree: ledger proof, provider against ledger, billing against network. */
export const reconciliations = pgTable(
  "reconciliations",
  {
    id: uuid("id").primaryKey(),
    link: text("link").notNull(),
    checkedAt: instant("checked_at").notNull(),
    compared: bigint("compared", { mode: "number" }).notNull(),
    differences: bigint("differences", { mode: "number" }).notNull(),
    differenceMinor: minor("difference_minor").notNull().default(sql`0`),
    /** At most a few differing ids, to start looking from. */
    sample: text("sample").array().notNull().default(sql`'{}'`),
  },
  (table) => [index("reconciliations_latest").on(table.link, table.checkedAt.desc())],
);
