import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { accountId, createdAt, inet, instant } from "../columns";

/**
 * What the network should know («учётная запись») and what it was last seen to know. The RADIUS views read the desired
 * half, so a committed change is in force at the next Access-Request; the actual half is only ever read back.
 */
export const services = pgTable(
  "services",
  {
    accountId: accountId(),
    id: uuid("id").notNull(),
    subscriptionId: uuid("subscription_id").notNull(),
    login: text("login").notNull().unique("services_login"),
    /** Cleartext because CHAP and MS-CHAP need it; only the radius role's views and provisioning read it. */
    secret: text("secret").notNull(),
    staticIp: inet("static_ip"),
    /** `active`, `walled` (reaches only payment pages and support) or `closed`. */
    desiredState: text("desired_state").notNull(),
    desiredVersion: integer("desired_version").notNull().default(1),
    downKbps: integer("down_kbps").notNull(),
    upKbps: integer("up_kbps").notNull(),
    desiredAt: instant("desired_at").notNull(),
    actualState: text("actual_state"),
    actualVersion: integer("actual_version"),
    actualReadAt: instant("actual_read_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index("services_subscription").on(table.accountId, table.subscriptionId),
    index("services_drifting").on(table.desiredAt).where(sql`actual_version is distinct from desired_version`),
  ],
);

/** One task per desired version: bring the network there and see it there. An older version is superseded, not run. */
export const serviceTasks = pgTable(
  "service_tasks",
  {
    accountId: accountId(),
    serviceId: uuid("service_id").notNull(),
    version: integer("version").notNull(),
    state: text("state").notNull(),
    cause: text("cause").notNull(),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    nextAttemptAt: instant("next_attempt_at"),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.serviceId, table.version] }),
    index("service_tasks_waiting").on(table.startedAt).where(sql`${table.state} = 'waiting'`),
    index("service_tasks_finished").on(table.finishedAt),
  ],
);

/** Network access servers that may ask RADIUS. */
export const networkServers = pgTable("network_servers", {
  id: integer("id").primaryKey(),
  address: text("address").notNull().unique("network_servers_address"),
  shortName: text("short_name").notNull(),
  vendor: text("vendor").notNull().default("other"),
  secret: text("secret").notNull(),
});

/** Traffic per session and day, folded from RADIUS accounting; counters never go down. Partitioned by month. */
export const usageRecords = pgTable(
  "usage_records",
  {
    accountId: accountId(),
    serviceId: uuid("service_id").notNull(),
    startedAt: instant("started_at").notNull(),
    /** The source's own key: NAS, session id and start. */
    recordId: text("record_id").notNull(),
    inputOctets: bigint("input_octets", { mode: "bigint" }).notNull(),
    outputOctets: bigint("output_octets", { mode: "bigint" }).notNull(),
    seconds: integer("seconds").notNull(),
    endedAt: instant("ended_at"),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.serviceId, table.startedAt, table.recordId] })],
);
