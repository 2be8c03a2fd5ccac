import { sql } from "drizzle-orm";
import { boolean, check, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, instant, minor } from "../columns";
import { accounts } from "./crm";

/**
 * One row in a sandbox database and none in any other: what tells them apart. Written by the owner when the database is made;
 * the application can only read it.
 */
export const sandboxMark = pgTable(
  "sandbox_mark",
  { onlyRow: boolean("only_row").primaryKey().default(true), createdAt: createdAt() },
  (table) => [check("sandbox_mark_one_row", sql`${table.onlyRow}`)],
);

/** Copies of subscribers that live in a sandbox, each under a clock of its own. */
export const sandboxCopies = pgTable(
  "sandbox_copies",
  {
    /** The copy's own account. */
    accountId: uuid("account_id")
      .primaryKey()
      .references(() => accounts.id),
    /** Whose copy it is: an account of the main database. */
    sourceAccountId: uuid("source_account_id").notNull(),
    ordinal: integer("ordinal").notNull(),
    /** Where its clock began, and where it stands. */
    copiedAt: instant("copied_at").notNull(),
    clockAt: instant("clock_at").notNull(),
    copiedBy: text("copied_by").notNull(),
    /** By the clock of the database: what is charged later was charged here. */
    createdAt: createdAt(),
  },
  (table) => [unique("sandbox_copies_ordinal").on(table.ordinal)],
);

/** «What if he pays 500 on the 10th»: paid when the copy's clock comes to that day. */
export const sandboxPayments = pgTable(
  "sandbox_payments",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    paidOn: day("paid_on").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    postedAt: instant("posted_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    check("sandbox_payments_positive", sql`${table.amountMinor} > 0`),
  ],
);
