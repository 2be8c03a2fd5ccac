import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { NETWORK_LINK, OUT_OF_STEP_MS } from "./constants";
import { applyJob } from "./internal";

/** Services in step that are read again in one pass, the longest unread first. */
const SAMPLE = 200;
const STALE_HOURS = 24;
/** A job that should have run this long ago was lost. */
const LOST_SECONDS = 30;
const MAX_JOBS = 5_000;

export interface Reconciliation {
  readonly compared: number;
  /** Services that have not been where they should be for two minutes. */
  readonly differences: number;
  readonly enqueued: number;
}

/**
 * The safety net under the events: finds services whose actual version is not the desired one and that nobody is about to
 * ask for, and a sample of those not read for a day; has them asked, and stores how many differ (link
 * `provisioning-radius`).
 */
export async function reconcileServices(ctx: Context): Promise<Reconciliation> {
  requirePermission(ctx, "service:provision");
  return withTransaction(ctx, async (tx) => {
    const [forgotten, stale, count] = await Promise.all([listForgotten(tx), listStale(tx), countDifferences(tx)]);
    const jobs = [...forgotten, ...stale].map((row) => ({ ...applyJob(row.account_id, row.id), priority: 10 }));
    await store(tx, count);
    await record(tx, { jobs });
    return { compared: count.compared, differences: count.differences, enqueued: jobs.length };
  });
}

/** A row when the outcome changed, and every ten minutes to show that somebody looked. */
async function store(tx: Context, count: Awaited<ReturnType<typeof countDifferences>>): Promise<void> {
  const now = sql`${tx.now().toISOString()}::timestamptz`;
  await tx.db.execute(sql`
    insert into reconciliations (id, link, checked_at, compared, differences, sample)
    select ${tx.newId()}, ${NETWORK_LINK}, ${now}, ${count.compared}, ${count.differences},
           coalesce((select array_agg(value) from jsonb_array_elements_text(${JSON.stringify(count.sample)}::jsonb)), '{}')
    where not exists (
      select 1 from (
        select checked_at, differences from reconciliations where link = ${NETWORK_LINK} order by checked_at desc limit 1
      ) latest
      where latest.differences = ${count.differences} and latest.checked_at > ${now} - interval '10 minutes')`);
}

type Key = { account_id: string; id: string };

function listForgotten(tx: Context): Promise<Key[]> {
  const lost = sql`${tx.now().toISOString()}::timestamptz - make_interval(secs => ${LOST_SECONDS})`;
  return rowsOf<Key>(
    tx,
    sql`
    select s.account_id, s.id from services s
    left join service_tasks t on t.account_id = s.account_id and t.service_id = s.id and t.version = s.desired_version
    where s.actual_version is distinct from s.desired_version
      and coalesce(t.next_attempt_at, t.started_at, s.desired_at) < ${lost}
    order by s.desired_at limit ${MAX_JOBS}`,
  );
}

function listStale(tx: Context): Promise<Key[]> {
  return rowsOf<Key>(
    tx,
    sql`
    select account_id, id from services
    where actual_version = desired_version
      and actual_read_at < ${tx.now().toISOString()}::timestamptz - make_interval(hours => ${STALE_HOURS})
    order by actual_read_at limit ${SAMPLE}`,
  );
}

async function countDifferences(tx: Context) {
  const patience = sql`${tx.now().toISOString()}::timestamptz - make_interval(secs => ${OUT_OF_STEP_MS / 1000})`;
  const [row] = await rowsOf<{ compared: string; differences: string; sample: string[] | null }>(
    tx,
    sql`
    select count(*) as compared,
           count(*) filter (where differs) as differences,
           (array_agg(id::text order by waits_from) filter (where differs))[1:5] as sample
    from (
      select s.id, coalesce(t.started_at, s.desired_at) as waits_from,
             s.actual_version is distinct from s.desired_version
               and coalesce(t.started_at, s.desired_at) < ${patience} as differs
      from services s
      left join service_tasks t on t.account_id = s.account_id and t.service_id = s.id and t.version = s.desired_version
        and t.state = 'waiting'
    ) compared`,
  );
  return {
    compared: Number(row?.compared ?? 0),
    differences: Number(row?.differences ?? 0),
    sample: row?.sample ?? [],
  };
}
