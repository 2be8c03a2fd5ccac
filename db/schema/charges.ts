import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, minor } from "../columns";

/**
 * What was charged and why: one line per subscription, term, period and kind, and one per fee. The primary key is the idempotency
 * of the billing run and of fees. Append-only, partitioned by month of `periodStart`. Together the columns answer «почему столько»:
 * fee × chargedDays ÷ periodDays, from which price, with which VAT.
 */
export const charges = pgTable(
  "charges",
  {
    accountId: accountId(),
    /** What is charged: a subscription; of a fee, the promise, suspension or change it is for. */
    subscriptionId: uuid("subscription_id").notNull(),
    /** The subscription's term it was charged under: a changed tariff is charged beside the one it replaced. */
    term: integer("term").notNull().default(0),
    periodStart: day("period_start").notNull(),
    /** `recurring`, `daily` (one day's share), `one_off`, `usage`; fees: `promised_fee`, `suspension_fee`, `change_fee`. */
    kind: text("kind").notNull(),
    periodEnd: day("period_end").notNull(),
    /** `[chargedFrom, chargedTo)`: the days that are paid for. */
    chargedFrom: day("charged_from").notNull(),
    chargedTo: day("charged_to").notNull(),
    chargedDays: integer("charged_days").notNull(),
    periodDays: integer("period_days").notNull(),
    bookedOn: day("booked_on").notNull(),
    /** Null of a fee, and of nothing else: it is no tariff's. */
    tariffId: uuid("tariff_id"),
    /** Version of the tariff's price, null when the price is personal, and of a fee. */
    priceVersion: integer("price_version"),
    /** Fee of one whole period times quantity, VAT inside. */
    feeMinor: minor("fee_minor").notNull(),
    /** Taken off one whole period's fee. */
    discountMinor: minor("discount_minor").notNull().default(sql`0`),
    /** VAT inside. */
    amountMinor: minor("amount_minor").notNull(),
    vatPercent: integer("vat_percent").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    /** When it has to be paid, for what is charged whatever the balance; null for prepaid. */
    dueOn: day("due_on"),
    /** The rest of «почему столько» when there is more to say: discounts by name, a phase, usage by step. */
    detail: jsonb("detail").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.subscriptionId, table.term, table.periodStart, table.kind] }),
    // Without the table's name: every partition has to understand it.
    check("charges_tariff_or_fee", sql`(tariff_id is null) = (kind like '%\\_fee')`),
  ],
);

/**
 * Money given back for a charge, or a part of it: a new entry that names the line it corrects. Append-only. All of a line's
 * adjustments together never exceed the line, in sum and in VAT.
 */
export const adjustments = pgTable(
  "adjustments",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    /** With the next three the key of the charge; of a fee, what the fee was for. */
    subscriptionId: uuid("subscription_id").notNull(),
    term: integer("term").notNull(),
    periodStart: day("period_start").notNull(),
    kind: text("kind").notNull(),
    bookedOn: day("booked_on").notNull(),
    /** To the customer, more than zero, VAT inside. */
    amountMinor: minor("amount_minor").notNull(),
    vatPercent: integer("vat_percent").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    /**
     * What charging gives back: `unused_days`, `tariff_change`, `correction`. Of a fee whose reason never came to be:
     * `fee_returned`. What a person does: `outage`, `mistake`, `goodwill`.
     */
    reason: text("reason").notNull(),
    note: text("note"),
    /** «Почему столько»: the days that stay charged. */
    detail: jsonb("detail").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index("adjustments_line").on(table.accountId, table.subscriptionId, table.periodStart),
    check(
      "adjustments_positive",
      sql`${table.amountMinor} > 0 and ${table.vatMinor} between 0 and ${table.amountMinor}`,
    ),
  ],
);
