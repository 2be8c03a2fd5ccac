import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    /** How many times the tariff has been changed; part of a charge's key, so that each term of a period is charged once. */
    term: integer("term").notNull().default(0),
    /** First day of the current term; null while the first one lasts. */
    termFrom: day("term_from"),
    /** Periods that began before this day were charged by another system; null: all are ours. */
    billedFrom: day("billed_from"),
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

/** A tariff change, planned or made. At most one is scheduled per subscription. */
export const subscriptionChanges = pgTable(
  "subscription_changes",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    subscriptionId: uuid("subscription_id").notNull(),
    fromTariffId: uuid("from_tariff_id").notNull(),
    toTariffId: uuid("to_tariff_id")
      .notNull()
      .references(() => tariffs.id),
    effectiveOn: day("effective_on").notNull(),
    /** `scheduled` → `applied` | `cancelled`; what an immediate change makes is `applied` at once. */
    state: text("state").notNull(),
    requestedBy: text("requested_by").notNull(),
    settledAt: instant("settled_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex("subscription_changes_one_scheduled")
      .on(table.accountId, table.subscriptionId)
      .where(sql`${table.state} = 'scheduled'`),
  ],
);

/** What a subscriber's fees are cheaper by for `[validFrom, validTo)`: a share of the fee or a sum per whole period. */
export const discounts = pgTable(
  "discounts",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    /** Null = every subscription of the account. */
    subscriptionId: uuid("subscription_id"),
    /** `personal` | `promo`. */
    source: text("source").notNull(),
    /** The promo code, or what a person wrote. */
    label: text("label").notNull(),
    /** Hundredths of a percent, 1–10000; exactly one of the two is set. */
    percentBp: integer("percent_bp"),
    amountMinor: minor("amount_minor"),
    validFrom: day("valid_from").notNull(),
    validTo: day("valid_to"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    check("discounts_one_size", sql`(${table.percentBp} is null) <> (${table.amountMinor} is null)`),
  ],
);

/**
 * Blocks are intervals with reasons and they stack; each is lifted on its own. One may lie ahead, and one that was cancelled
 * before it began has no length. `financial` is opened and closed by
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
    index("blocks_until").on(table.untilAt).where(sql`${table.untilAt} is not null`),
  ],
);
