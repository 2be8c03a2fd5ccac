import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { keepingStatements } from "@/db/kept-statements";
import { lastingPool } from "@/db/lasting-pool";
import * as schema from "@/db/schema";

export type OpenOptions = {
  /** Connections in the pool. */
  max?: number;
  /** Shown by pg_stat_activity. */
  name?: string;
};

/** A pool and the typed handle over it. `close` waits for running queries, at most five seconds. */
export function openDatabase(url: string, options: OpenOptions = {}) {
  const { sql, close } = lastingPool((onclose) =>
    postgres(url, {
      max: options.max ?? 10,
      connect_timeout: 10,
      max_lifetime: null,
      onclose,
      onnotice: () => {},
      // A plan for any values at all would treat ten thousand accounts as it treats one.
      connection: { application_name: options.name ?? "uzel", plan_cache_mode: "force_custom_plan" },
    }),
  );
  const db = drizzle(keepingStatements(sql), { schema });
  return { sql, db, close };
}
export type Database = ReturnType<typeof openDatabase>;
