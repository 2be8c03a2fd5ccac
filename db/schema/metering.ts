import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accountId, createdAt, day, instant } from "../columns";

/** What usage names a subscription by, for `[validFrom, validTo)`: a telephone number, a card, an address. */
export const subscriptionIdentifiers = pgTable(
  "subscription_identifiers",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    subscriptionId: uuid("subscription_id").notNull(),
    /** `phone` (E.164), `ip`, `card`, `other`; network logins are the services' own. */
    kind: text("kind").notNull(),
    value: text("value").notNull(),
    validFrom: day("valid_from").notNull(),
    validTo: day("valid_to"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index("subscription_identifiers_value").on(table.kind, table.value),
    uniqueIndex("subscription_identifiers_one_open").on(table.kind, table.value).where(sql`${table.validTo} is null`),
  ],
);

/**
 * Which record of which source has been taken, in one table that is not partitioned: the same record told again with another
 * time would otherwise be charged twice.
 */
export const meteredKeys = pgTable(
  "metered_keys",
  {
    source: text("source").notNull(),
    recordId: text("record_id").notNull(),
    /** What the record said, as a digest. */
    digest: text("digest").notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.recordId] })],
);

/** Usage that is to be charged, or has been. Never changed but for `chargedAt`. Partitioned by month of `occurredAt`. */
export const meteredRecords = pgTable(
  "metered_records",
  {
    accountId: accountId(),
    subscriptionId: uuid("subscription_id").notNull(),
    occurredAt: instant("occurred_at").notNull(),
    source: text("source").notNull(),
    recordId: text("record_id").notNull(),
    /** What kind of usage, as prices name it: `call_local`, `sms`. */
    meter: text("meter").notNull(),
    /** Whole seconds, octets, pieces or kopecks. */
    units: bigint("units", { mode: "bigint" }).notNull(),
    /** Whom or what: the number called, the site. */
    label: text("label"),
    receivedAt: instant("received_at").notNull(),
    /** When a line took it in; null = it waits for its period's end. */
    chargedAt: instant("charged_at"),
  },
  (table) => [
    primaryKey({
      name: "metered_records_key",
      columns: [table.accountId, table.subscriptionId, table.occurredAt, table.source, table.recordId],
    }),
    index("metered_records_waiting")
      .on(table.accountId, table.subscriptionId, table.occurredAt)
      .where(sql`${table.chargedAt} is null`),
  ],
);

/** Records that could not be taken, whole, until somebody mends or drops them. */
export const usageFaults = pgTable(
  "usage_faults",
  {
    id: uuid("id").primaryKey(),
    source: text("source").notNull(),
    recordId: text("record_id").notNull(),
    reason: text("reason").notNull(),
    /** Column of the source that is to blame, where one is. */
    column: text("column"),
    /** The record as it came: column → cell. */
    raw: jsonb("raw").$type<Record<string, string>>().notNull(),
    /** What could be understood of it, and what a person has put right since. */
    identifierKind: text("identifier_kind"),
    identifier: text("identifier"),
    occurredAt: instant("occurred_at"),
    meter: text("meter"),
    measure: text("measure"),
    units: bigint("units", { mode: "bigint" }),
    label: text("label"),
    /** `open` → `mended` | `dropped`. */
    state: text("state").notNull().default("open"),
    note: text("note"),
    attempts: integer("attempts").notNull().default(1),
    receivedAt: instant("received_at").notNull(),
    settledAt: instant("settled_at"),
    settledBy: text("settled_by"),
  },
  (table) => [
    unique("usage_faults_record").on(table.source, table.recordId),
    index("usage_faults_open").on(table.receivedAt, table.id).where(sql`${table.state} = 'open'`),
  ],
);
