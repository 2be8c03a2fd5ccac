import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accountId, createdAt, day, instant } from "../columns";
import { accounts, customers } from "./crm";

/** The ladder: what is said how many days before, on or after an event, to whom, by which channel. Off until switched on. */
export const dunningSteps = pgTable(
  "dunning_steps",
  {
    id: uuid("id").primaryKey(),
    /** `money_ends` (prepaid), `payment_due` (postpaid), `trial_ends`, `price_changes`, `change_made`, … */
    event: text("event").notNull(),
    /** From the day of the event: −3 is three days before it, 0 that day, 10 ten days after. */
    offsetDays: integer("offset_days").notNull(),
    /** `everyone`, `person`, `business`. */
    audience: text("audience").notNull(),
    /** `email`, `sms`, `messenger`. */
    channel: text("channel").notNull(),
    templateCode: text("template_code").notNull(),
    isOn: boolean("is_on").notNull().default(false),
    createdAt: createdAt(),
  },
  (table) => [unique("dunning_steps_one").on(table.event, table.offsetDays, table.audience, table.channel)],
);

/** Texts with placeholders, one row per language: a letter has a subject and a body, the short channels one line. */
export const messageTemplates = pgTable(
  "message_templates",
  {
    code: text("code").notNull(),
    locale: text("locale").notNull(),
    subject: text("subject").notNull(),
    body: text("body").notNull(),
    short: text("short").notNull(),
  },
  (table) => [primaryKey({ columns: [table.code, table.locale] })],
);

/** Who is not reminded for a while, and why. At most one per account is open; it ends by itself on `untilOn`. */
export const dunningExceptions = pgTable(
  "dunning_exceptions",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    /** `vip`, `public_body`, `dispute`, `other`. */
    reason: text("reason").notNull(),
    note: text("note"),
    fromOn: day("from_on").notNull(),
    /** That day reminders are sent again. */
    untilOn: day("until_on").notNull(),
    endedAt: instant("ended_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex("dunning_exceptions_one_open").on(table.accountId).where(sql`${table.endedAt} is null`),
    index("dunning_exceptions_open").on(table.untilOn).where(sql`${table.endedAt} is null`),
  ],
);

/** What a subscriber does not want to be told, or wants after all; without a row the answer is yes. */
export const channelChoices = pgTable(
  "channel_choices",
  {
    customerId: uuid("customer_id")
      .notNull()
      .references(() => customers.id),
    /** A topic: an event, or `tariff_change` for all news of a change of tariff. */
    event: text("event").notNull(),
    channel: text("channel").notNull(),
    isWanted: boolean("is_wanted").notNull(),
  },
  (table) => [primaryKey({ columns: [table.customerId, table.event, table.channel] })],
);

/**
 * Every message planned and what became of it. The unique key (account, step, occasion) is what makes one be said once.
 * States: `planned` → `sending` → `sent` | `failed` | `unknown` (the other side may have it), or `dropped` before it was sent.
 */
export const messages = pgTable(
  "messages",
  {
    accountId: accountId().references(() => accounts.id),
    id: uuid("id").notNull(),
    stepId: uuid("step_id")
      .notNull()
      .references(() => dunningSteps.id),
    event: text("event").notNull(),
    /** The day the message is about. */
    occasionOn: day("occasion_on").notNull(),
    channel: text("channel").notNull(),
    templateCode: text("template_code").notNull(),
    state: text("state").notNull(),
    /** Not before; quiet hours are already in it. */
    plannedFor: instant("planned_for").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Why it failed, was dropped, is unknown, or what the last try was answered. */
    reason: text("reason"),
    /** What carried it: `smtp`, `file`. */
    carrier: text("carrier"),
    /** Masked: enough to recognise, not enough to write to. */
    recipient: text("recipient"),
    /** As it was sent; of the latest attempt. */
    subject: text("subject"),
    body: text("body"),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** The balance's version that the plan was made at: a message is looked at again when money has moved since. */
    balanceVersion: bigint("balance_version", { mode: "bigint" }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    unique("messages_once").on(table.accountId, table.stepId, table.occasionOn),
    index("messages_recent").on(table.createdAt.desc(), table.id.desc()),
    index("messages_waiting").on(table.plannedFor).where(sql`${table.state} in ('planned', 'sending')`),
    index("messages_finished").on(table.finishedAt),
  ],
);
