import { sql } from "drizzle-orm";
import journal from "@/db/migrations/meta/_journal.json";
import type { Context } from "./context";
import { rowsOf } from "./rows";

export interface Health {
  readonly migrations: { readonly applied: number; readonly known: number; readonly current: boolean };
  readonly worker: { readonly alive: number; readonly waitingJobs: number; readonly oldestDueSeconds: number };
}

/** Locks of this class are held by living workers, one each, for as long as their connection lives. */
export const WORKER_LOCK_CLASS = 0x757a;

/** What a database that answers says of itself and of the worker. Throws when it does not answer. */
export async function readHealth(ctx: Pick<Context, "db">): Promise<Health> {
  const [row] = await rowsOf<{ applied: number; alive: number; waiting: number; oldest: number }>(
    ctx,
    sql`
    select (select count(*)::int from drizzle.__drizzle_migrations) as applied,
           (select count(*)::int from pg_locks
            where locktype = 'advisory' and classid = ${WORKER_LOCK_CLASS}::oid and granted
              and database = (select oid from pg_database where datname = current_database())) as alive,
           due.waiting, due.oldest
    from (select count(*)::int as waiting, coalesce(ceil(extract(epoch from now() - min(run_at))), 0)::int as oldest
          from graphile_worker._private_jobs
          where locked_at is null and run_at <= now() and attempts < max_attempts) due`,
  );
  const applied = row?.applied ?? 0;
  const known = journal.entries.length;
  return {
    migrations: { applied, known, current: applied === known },
    worker: { alive: row?.alive ?? 0, waitingJobs: row?.waiting ?? 0, oldestDueSeconds: row?.oldest ?? 0 },
  };
}
