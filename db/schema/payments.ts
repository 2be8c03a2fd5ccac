import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, instant, minor } from "../columns";
import { accounts } from "./crm";

/**
 * One intent to pay and what became of it. Key and amount are stored before the provider is called; `posted` is reached
 * once, in the transaction that writes the transfer. States: created → pending → posted | canceled | failed; `unknown`
 * means the provider did not answer and must be asked again, never paid again.
 */
export const payments = pgTable(
  "payments",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    provider: text("provider").notNull(),
    providerPaymentId: text("provider_payment_id"),
    idempotenceKey: text("idempotence_key").notNull().unique("payments_idempotence_key"),
    amountMinor: minor("amount_minor").notNull(),
    /** What the provider is asked, to the letter: a repeat under the same key must carry the same body. */
    request: jsonb("request").$type<Record<string, unknown>>(),
    currency: text("currency").notNull().default("RUB"),
    state: text("state").notNull(),
    /** Why it ended without money: the provider's own word. */
    failure: text("failure"),
    confirmationUrl: text("confirmation_url"),
    methodTitle: text("method_title"),
    /** What reaches the operator after the provider's fee. */
    incomeMinor: minor("income_minor"),
    isTest: boolean("is_test").notNull().default(false),
    startedBy: uuid("started_by"),
    startedAt: instant("started_at").notNull(),
    /** When the provider took the money. */
    paidAt: instant("paid_at"),
    postedAt: instant("posted_at"),
    /** When the poller asks next, while the payment is open. */
    askAt: instant("ask_at"),
    asks: integer("asks").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    unique("payments_provider_id").on(table.provider, table.providerPaymentId),
    index("payments_open").on(table.askAt).where(sql`${table.askAt} is not null`),
    index("payments_recent").on(table.startedAt),
    check("payments_amount_positive", sql`${table.amountMinor} > 0`),
  ],
);

/** Webhooks as they came, one row per (provider, event, object): a repeat finds the row and changes nothing. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: uuid("id").primaryKey(),
    provider: text("provider").notNull(),
    event: text("event").notNull(),
    objectId: text("object_id").notNull(),
    body: jsonb("body").notNull(),
    address: text("address").notNull(),
    deliveries: integer("deliveries").notNull().default(1),
    receivedAt: instant("received_at").notNull(),
    processedAt: instant("processed_at"),
    outcome: text("outcome"),
  },
  (table) => [
    unique("webhook_deliveries_once").on(table.provider, table.event, table.objectId),
    index("webhook_deliveries_waiting").on(table.receivedAt).where(sql`${table.processedAt} is null`),
  ],
);
