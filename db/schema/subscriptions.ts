import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, instant, minor } from "../columns";
import { tariffs } from "./catalog";
import { accounts } from "./crm";

/** A promise on an account: which tariff, from which day. Ends on `endedOn`, that day not counted. */
export const subscriptions = pgTable(
  "subscriptions",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    tariffId: uuid("tariff_id")
      .notNull()
      .references(() => tariffs.id),
    quantity: integer("quantity").notNull().default(1),
    startedOn: day("started_on").notNull(),
    endedOn: day("ended_on"),
    endReason: text("end_reason"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.id] }), index("subscriptions_tariff").on(table.tariffId)],
);

/** A price agreed with one subscriber for `[validFrom, validTo)`; wins over the tariff's version. */
export const personalPrices = pgTable(
  "personal_prices",
  {
    accountId: accountId(),
    subscriptionId: uuid("subscription_id").notNull(),
    validFrom: day("valid_from").notNull(),
    validTo: day("valid_to"),
    feeMinor: minor("fee_minor").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.subscriptionId, table.validFrom] })],
);

/**
 * Blocks are intervals with reasons and they stack; each is lifted on its own. `financial` is opened and closed by
 * charging, and at most one is open per subscription.
 */
export const blocks = pgTable(
  "blocks",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    /** Null = the whole account. */
    subscriptionId: uuid("subscription_id"),
    reason: text("reason").notNull(),
    fromAt: instant("from_at").notNull(),
    untilAt: instant("until_at"),
    note: text("note"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex("blocks_one_open_financial")
      .on(table.accountId, table.subscriptionId)
      .where(sql`${table.reason} = 'financial' and ${table.untilAt} is null`),
    index("blocks_open").on(table.accountId).where(sql`${table.untilAt} is null`),
  ],
);
