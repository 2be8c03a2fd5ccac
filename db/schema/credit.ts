import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, instant, minor } from "../columns";
import { accounts } from "./crm";

/**
 * Credit that ends by itself, beside the account's permanent limit. In force from `fromAt` until `untilAt`, unless it was
 * closed before. A promised payment is one of these: never money, never in the book.
 */
export const temporaryLimits = pgTable(
  "temporary_limits",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    /** `temporary` is given by staff, `promised` is taken against a promise to pay. */
    kind: text("kind").notNull(),
    /** How much further below zero the balance may go. */
    amountMinor: minor("amount_minor").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at").notNull(),
    /** Null while it runs or waits for its day. */
    closedAt: instant("closed_at"),
    /** `ended` | `withdrawn` of a temporary one; `kept` | `broken` | `withdrawn` of a promise. */
    outcome: text("outcome"),
    /** What was charged for it, VAT inside. */
    feeMinor: minor("fee_minor").notNull().default(sql`0`),
    /** The actor: `user:<id>`, `job:<name>`. */
    grantedBy: text("granted_by").notNull(),
    note: text("note"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index("temporary_limits_open").on(table.accountId).where(sql`${table.closedAt} is null`),
    index("temporary_limits_due").on(table.untilAt).where(sql`${table.closedAt} is null`),
    uniqueIndex("temporary_limits_one_promise")
      .on(table.accountId)
      .where(sql`${table.kind} = 'promised' and ${table.closedAt} is null`),
    check("temporary_limits_positive", sql`${table.amountMinor} > 0 and ${table.feeMinor} >= 0`),
    check("temporary_limits_forward", sql`${table.untilAt} > ${table.fromAt}`),
    check("temporary_limits_closed_with_outcome", sql`(${table.closedAt} is null) = (${table.outcome} is null)`),
  ],
);
