import type { Sql } from "postgres";

/**
 * A worker that is killed leaves its jobs locked, and graphile-worker waits four hours for it. Ours holds an advisory lock
 * on the id that it locks jobs with, for as long as its connection lives; whoever finds that lock free knows the worker is dead and sets its
 * jobs free at once.
 */
const LOCK_CLASS = 0x757a; // "uz"

/**
 * `connection` must be one connection that lives as long as the process. Repeated, so that a connection that was cut and
 * made anew holds the lock again; while it is held, a repeat does nothing.
 */
export async function proveAlive(connection: Sql, workerId: string): Promise<void> {
  await connection`
    select pg_advisory_lock(${LOCK_CLASS}, hashtext(${workerId}))
    where not exists (
      select 1 from pg_locks
      where locktype = 'advisory' and classid = ${LOCK_CLASS}::oid and granted and pid = pg_backend_pid()
        and objid = hashtext(${workerId})::bit(32)::bigint::oid
    )`;
}

/** A job younger than this may belong to a worker that is still taking its lock. */
const YOUNG_SECONDS = 3;

/** Sets free what dead workers hold; returns their ids. */
export async function releaseDeadWorkers(connection: Sql): Promise<string[]> {
  const holders = await connection<{ id: string }[]>`
    select distinct locked_by as id from (
      select locked_by, locked_at from graphile_worker._private_jobs
      union all
      select locked_by, locked_at from graphile_worker._private_job_queues
    ) held
    where locked_by is not null and locked_at < now() - make_interval(secs => ${YOUNG_SECONDS})`;
  if (holders.length === 0) return [];
  const dead = await connection<{ id: string }[]>`
    select id from unnest(${holders.map((holder) => holder.id)}::text[]) as id
    where not exists (
      select 1 from pg_locks
      where locktype = 'advisory' and classid = ${LOCK_CLASS}::oid and granted
        and database = (select oid from pg_database where datname = current_database())
        and objid = hashtext(id)::bit(32)::bigint::oid
    )`;
  const ids = dead.map((worker) => worker.id);
  if (ids.length > 0) await connection`select graphile_worker.force_unlock_workers(${ids}::text[])`;
  return ids;
}
