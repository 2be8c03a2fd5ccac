import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import type { CreditState } from "@/server/domain/bank/constants";
import { accountId, createdAt, day, instant, minor } from "../columns";
import { accounts, legalEntities } from "./crm";

/** Files of a bank that brought something new; one that did not has left no row. */
export const bankStatements = pgTable("bank_statements", {
  id: uuid("id").primaryKey(),
  fileName: text("file_name").notNull(),
  fileSha256: text("file_sha256").notNull(),
  encoding: text("encoding").notNull(),
  fromOn: day("from_on"),
  toOn: day("to_on"),
  /** Counts and sums, as whoever took it was told. */
  report: jsonb("report").notNull(),
  takenAt: instant("taken_at").notNull(),
  takenBy: text("taken_by").notNull(),
});

/**
 * Money that came to an account of the operator's own, a row per document of the bank. Banks give no id, so a document is known by
 * `bank_credits_once`, in whatever file it comes.
 */
export const bankCredits = pgTable(
  "bank_credits",
  {
    id: uuid("id").primaryKey(),
    statementId: uuid("statement_id")
      .notNull()
      .references(() => bankStatements.id),
    /** Line of the file, for whoever looks the document up. */
    line: integer("line").notNull(),
    legalEntityId: uuid("legal_entity_id")
      .notNull()
      .references(() => legalEntities.id),
    ownAccount: text("own_account").notNull(),
    number: text("number").notNull(),
    documentedOn: day("documented_on").notNull(),
    receivedOn: day("received_on").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    payerAccount: text("payer_account").notNull(),
    payerBic: text("payer_bic").notNull(),
    payerInn: text("payer_inn").notNull(),
    payerName: text("payer_name").notNull(),
    purpose: text("purpose").notNull(),
    raw: jsonb("raw").$type<Record<string, string>>().notNull(),
    state: text("state").$type<CreditState>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("bank_credits_once").on(
      table.ownAccount,
      table.documentedOn,
      table.number,
      table.amountMinor,
      table.payerAccount,
      table.payerBic,
    ),
    index("bank_credits_listed").on(table.state, table.receivedOn, table.id),
    index("bank_credits_payer").on(table.payerAccount),
    check("bank_credits_positive", sql`${table.amountMinor} > 0`),
  ],
);

/** Which account a credit, or a part of it, was put on. `id` is what the payment is known by at its door. */
export const bankMatches = pgTable(
  "bank_matches",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    creditId: uuid("credit_id")
      .notNull()
      .references(() => bankCredits.id),
    amountMinor: minor("amount_minor").notNull(),
    /** Of the rule, 0–100; null when a person said so. */
    confidence: smallint("confidence"),
    reasons: jsonb("reasons").$type<readonly string[]>().notNull(),
    matchedBy: text("matched_by").notNull(),
    matchedAt: instant("matched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index("bank_matches_credit").on(table.creditId),
    check("bank_matches_positive", sql`${table.amountMinor} > 0`),
  ],
);
