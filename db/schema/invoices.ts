import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, minor } from "../columns";

/**
 * Requisites as documents copied them. The id is a digest of the content, so a hundred documents of one customer share a row
 * and a changed address makes another. Written once.
 */
export const documentParties = pgTable("document_parties", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  inn: text("inn"),
  kpp: text("kpp"),
  address: text("address"),
  /** Of a buyer: the contract and the account that the document is about. */
  contractNumber: text("contract_number"),
  signedOn: day("signed_on"),
  accountNumber: text("account_number"),
});

/** One row of numbers per legal entity, kind of document and year; taken under its lock, so without a gap. */
export const numberSeries = pgTable(
  "number_series",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    legalEntityId: uuid("legal_entity_id").notNull(),
    kind: text("kind").notNull(),
    year: smallint("year").notNull(),
    lastNumber: integer("last_number").notNull().default(0),
  },
  (table) => [unique("number_series_of").on(table.legalEntityId, table.kind, table.year)],
);

/**
 * Issued documents, each a snapshot and written once. Partitioned by `month`. What is not issued has no row: a draft is the
 * same document made up and not written. `invoice` and `credit_note` hold a month's lines; an `act` is the closing document
 * over the lines of the invoice with its ordinal; a `payment_request` has a line of its own and posts nothing.
 */
export const invoices = pgTable(
  "invoices",
  {
    accountId: accountId(),
    /** First day of the calendar month it is about; of a payment request, the one it was made in. */
    month: day("month").notNull(),
    seriesId: integer("series_id").notNull(),
    number: integer("number").notNull(),
    issuedOn: day("issued_on").notNull(),
    dueOn: day("due_on"),
    /** VAT inside; less than zero on a credit note. */
    totalMinor: minor("total_minor").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    createdAt: createdAt(),
    sellerId: uuid("seller_id").notNull(),
    buyerId: uuid("buyer_id").notNull(),
    /** Of a payment request: the press of the button that made it. */
    requestKey: uuid("request_key"),
    /** Counts the account's sets of lines of the month from 0: a late charge makes a further document. */
    ordinal: smallint("ordinal").notNull(),
    kind: text("kind").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.month, table.kind, table.ordinal] }),
    unique("invoices_number").on(table.month, table.seriesId, table.number),
    check("invoices_not_zero", sql`${table.totalMinor} <> 0`),
  ],
);

/**
 * Lines of documents, copied from charges and adjustments and kept narrow: there is one for every charge of every month.
 * Shares of single days stand together as one line. Partitioned by `month`, written once.
 */
export const invoiceLines = pgTable(
  "invoice_lines",
  {
    accountId: accountId(),
    month: day("month").notNull(),
    ordinal: smallint("ordinal").notNull(),
    line: smallint("line").notNull(),
    term: smallint("term").notNull().default(0),
    chargedDays: smallint("charged_days"),
    periodDays: smallint("period_days"),
    /** Null when the price is personal, and on lines that no price made. */
    priceVersion: smallint("price_version"),
    periodStart: day("period_start").notNull(),
    /** `[chargedFrom, chargedTo)`. */
    chargedFrom: day("charged_from").notNull(),
    chargedTo: day("charged_to").notNull(),
    vatPercent: smallint("vat_percent").notNull(),
    feeMinor: minor("fee_minor").notNull(),
    discountMinor: minor("discount_minor").notNull(),
    /** VAT inside; an adjustment takes away. */
    amountMinor: minor("amount_minor").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    /** The subscription of a charge, the id of an adjustment; null on a payment request. */
    sourceId: uuid("source_id"),
    /** `recurring`, `daily`, `one_off`, `usage`, `adjustment`, `advance`. */
    kind: text("kind").notNull(),
    /** The tariff's name as it was. */
    name: text("name").notNull(),
    /** Of an adjustment: why. */
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.month, table.ordinal, table.line] })],
);
