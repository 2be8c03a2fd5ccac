import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, xid8 } from "../columns";

/** What happened, append-only, written in the verb's own transaction. Partitioned by month of `occurredAt`. */
export const events = pgTable(
  "events",
  {
    occurredAt: instant("occurred_at").notNull(),
    id: uuid("id").notNull(),
    accountId: uuid("account_id"),
    type: text("type").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    actor: text("actor").notNull(),
    createdAt: createdAt(),
    /** Readers of the outbox go by this, not by time: a slow transaction's rows are not skipped. */
    xid: xid8("xid").notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    primaryKey({ columns: [table.occurredAt, table.id] }),
    index("events_account").on(table.accountId, table.occurredAt.desc()),
    index("events_xid").on(table.xid),
  ],
);

/** Who changed what, append-only, with the row before and after. Partitioned by month of `occurredAt`. */
export const auditLog = pgTable(
  "audit_log",
  {
    occurredAt: instant("occurred_at").notNull(),
    id: uuid("id").notNull(),
    actor: text("actor").notNull(),
    address: text("address"),
    requestId: text("request_id"),
    action: text("action").notNull(),
    entity: text("entity").notNull(),
    entityId: text("entity_id").notNull(),
    accountId: uuid("account_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.occurredAt, table.id] }),
    index("audit_log_entity").on(table.entity, table.entityId),
    index("audit_log_account").on(table.accountId, table.occurredAt.desc()),
  ],
);

/** The operator's settings; keys and their types are in code, this holds what differs from the default. */
export const settings = pgTable("settings", { key: text("key").primaryKey(), value: jsonb("value").notNull() });

/** One imported file: what it said, what we made of it. */
export const imports = pgTable("imports", {
  id: uuid("id").primaryKey(),
  source: text("source").notNull(),
  fileName: text("file_name").notNull(),
  fileSha256: text("file_sha256").notNull(),
  report: jsonb("report").notNull(),
  finishedAt: instant("finished_at").notNull(),
});

/** Which row of which source became which account: a second import finds it and changes nothing. */
export const importRows = pgTable(
  "import_rows",
  {
    source: text("source").notNull(),
    externalId: text("external_id").notNull(),
    rowHash: text("row_hash").notNull(),
    accountId: uuid("account_id").notNull(),
    importId: uuid("import_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.externalId] }),
    unique("import_rows_account").on(table.accountId, table.source),
  ],
);
