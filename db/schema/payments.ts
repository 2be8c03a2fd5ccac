import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { TerminalOutcome, TerminalProtocol } from "@/server/domain/payments/constants";
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

/** A payment system or a bank that asks us by a terminals' protocol: who it is, from where, and what it proves that with. */
export const terminals = pgTable(
  "terminals",
  {
    id: uuid("id").primaryKey(),
    /** Its login, the provider of its payments and the name of its cash in the book; never changed. */
    code: text("code").notNull().unique("terminals_code"),
    name: text("name").notNull(),
    protocol: text("protocol").$type<TerminalProtocol>().notNull(),
    /** Addresses and networks (CIDR) that it may ask from. */
    networks: text("networks").array().notNull(),
    /** SHA-256 of a secret of 32 random bytes: nothing that could be guessed, so nothing that needs to be slow. */
    secretHash: text("secret_hash").notNull(),
    secretSetAt: instant("secret_set_at").notNull(),
    /** Fingerprint of the client certificate that it must show as well; null = none is asked for. */
    certificate: text("certificate"),
    closedAt: instant("closed_at"),
    createdAt: createdAt(),
  },
  (table) => [check("terminals_networks", sql`cardinality(${table.networks}) > 0`)],
);

/** A terminal's own id of a payment, taken once: the row is the claim, and what a repeat is answered from. */
export const terminalPayments = pgTable(
  "terminal_payments",
  {
    terminalId: uuid("terminal_id")
      .notNull()
      .references(() => terminals.id),
    /** Up to twenty digits: text, for it does not fit a number. */
    txnId: text("txn_id").notNull(),
    /** Our own number of it, which the protocols want to be one. */
    number: bigint("number", { mode: "bigint" }).generatedAlwaysAsIdentity().unique("terminal_payments_number"),
    accountId: accountId().references(() => accounts.id),
    paymentId: uuid("payment_id").notNull(),
    amountMinor: minor("amount_minor").notNull(),
    receivedAt: instant("received_at").notNull(),
    reversedAt: instant("reversed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.terminalId, table.txnId] }),
    index("terminal_payments_recent").on(table.receivedAt),
  ],
);

/** What terminals asked and what they were answered, kept for ninety days. */
export const terminalRequests = pgTable(
  "terminal_requests",
  {
    id: uuid("id").primaryKey(),
    terminalId: uuid("terminal_id")
      .notNull()
      .references(() => terminals.id),
    /** Null when it was not let in, or asked for what does not exist. */
    command: text("command"),
    txnId: text("txn_id"),
    accountNumber: text("account_number"),
    amountMinor: minor("amount_minor"),
    outcome: text("outcome").$type<TerminalOutcome>().notNull(),
    /** The same payment, asked about again. */
    repeated: boolean("repeated").notNull().default(false),
    address: text("address"),
    askedAt: instant("asked_at").notNull(),
  },
  (table) => [
    index("terminal_requests_of").on(table.terminalId, table.askedAt),
    index("terminal_requests_recent").on(table.askedAt),
  ],
);
