import { integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, day, minor } from "../columns";

/**
 * What was charged and why: one line per subscription, period and kind. The primary key is the idempotency of the
 * billing run. Append-only, partitioned by month of `periodStart`. Together the columns answer «почему столько»:
 * fee × chargedDays ÷ periodDays, from which price, with which VAT.
 */
export const charges = pgTable(
  "charges",
  {
    accountId: accountId(),
    subscriptionId: uuid("subscription_id").notNull(),
    periodStart: day("period_start").notNull(),
    kind: text("kind").notNull(),
    periodEnd: day("period_end").notNull(),
    /** `[chargedFrom, chargedTo)`: the days that are paid for. */
    chargedFrom: day("charged_from").notNull(),
    chargedTo: day("charged_to").notNull(),
    chargedDays: integer("charged_days").notNull(),
    periodDays: integer("period_days").notNull(),
    bookedOn: day("booked_on").notNull(),
    tariffId: uuid("tariff_id").notNull(),
    /** Version of the tariff's price, null when the price is personal. */
    priceVersion: integer("price_version"),
    /** Fee of one whole period times quantity, VAT inside. */
    feeMinor: minor("fee_minor").notNull(),
    /** VAT inside. */
    amountMinor: minor("amount_minor").notNull(),
    vatPercent: integer("vat_percent").notNull(),
    vatMinor: minor("vat_minor").notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.subscriptionId, table.periodStart, table.kind] })],
);
