import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type * as schema from "@/db/schema";

/** A handle to the database or to a transaction in it; verbs take either. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

export { type Database, openDatabase } from "@/db/open-database";
