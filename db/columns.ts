import { bigint, customType, date, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Day } from "@/server/kernel/day";

/** Kopecks. Posted money is a whole number of them. */
export const minor = (name: string) => bigint(name, { mode: "bigint" });

/** A billing day in the operator's zone. */
export const day = (name: string) => date(name, { mode: "string" }).$type<Day>();

/** A moment, UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 6 });

/** Every account-scoped table starts its key with this column. */
export const accountId = () => uuid("account_id").notNull();

export const createdAt = () => instant("created_at").notNull().defaultNow();

export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** The writing transaction's id: lets a reader of an append-only table miss nothing that commits late. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

export const inet = customType<{ data: string }>({ dataType: () => "inet" });
