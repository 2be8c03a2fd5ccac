import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "../columns";
import { customers } from "./crm";

/** A login: a person of the operator, or a subscriber's own. Not the customer, who may have none or several. */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    role: text("role").notNull(),
    displayName: text("display_name").notNull(),
    /** Set for role `subscriber` only: whose data this login may see. */
    customerId: uuid("customer_id").references(() => customers.id),
    passwordHash: text("password_hash").notNull(),
    /** Raised whenever role or status changes: sessions of an older version end. */
    roleVersion: integer("role_version").notNull().default(1),
    totpSecret: text("totp_secret"),
    totpConfirmedAt: instant("totp_confirmed_at"),
    locale: text("locale").notNull().default("ru"),
    disabledAt: instant("disabled_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("users_customer").on(table.customerId),
    check("users_customer_iff_subscriber", sql`(${table.role} = 'subscriber') = (${table.customerId} is not null)`),
  ],
);

/** What may be typed into the sign-in field: normalised phone, e-mail, contract number or account number. */
export const loginIdentifiers = pgTable(
  "login_identifiers",
  {
    value: text("value").primaryKey(),
    kind: text("kind").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
  },
  (table) => [index("login_identifiers_user").on(table.userId)],
);

/** The server-side half of a signed-in browser: the cookie holds its id, this row decides. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    roleVersion: integer("role_version").notNull(),
    startedAt: instant("started_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    totpPassedAt: instant("totp_passed_at"),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

/**
 * What waits for a second person. The input of the act is kept as it was asked, so that what is approved is what was asked;
 * the act's own rules are asked again when it is done.
 */
export const approvals = pgTable(
  "approvals",
  {
    id: uuid("id").primaryKey(),
    /** The act, `period.close`, `charge.correct`. */
    kind: text("kind").notNull(),
    /** What it is about: at most one waits per kind and key. */
    key: text("key").notNull(),
    accountId: uuid("account_id"),
    input: jsonb("input").$type<Record<string, unknown>>().notNull(),
    reason: text("reason").notNull(),
    askedBy: uuid("asked_by").notNull(),
    askedAt: instant("asked_at").notNull(),
    /** `waiting` → `approved` | `declined`. */
    state: text("state").notNull().default("waiting"),
    decidedBy: uuid("decided_by"),
    decidedAt: instant("decided_at"),
  },
  (table) => [
    uniqueIndex("approvals_one_waiting").on(table.kind, table.key).where(sql`${table.state} = 'waiting'`),
    check("approvals_two_people", sql`${table.state} <> 'approved' or ${table.decidedBy} <> ${table.askedBy}`),
  ],
);

/** Counters of the rate limiter, shared by every web process. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});
