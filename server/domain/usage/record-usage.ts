import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { addDays, dayIn, earlierDay, laterDay, monthStart } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";

/**
 * RADIUS' statements end within three seconds, so what was heard of five seconds ago is either committed or never will be:
 * nothing slips past the cursor behind a slow transaction.
 */
const SETTLED = sql`clock_timestamp() - interval '5 seconds'`;

/** A NAS whose clock is further off than this reports sessions that nobody had. */
const OLDEST_DAYS = 400;
const NEWEST_DAYS = 2;

export interface RecordedUsage {
  /** Sessions that moved since the last fold. */
  readonly folded: number;
  /** Sessions of no service of ours: neither their Class nor their login is known. */
  readonly unknown: number;
  /** Sessions dated out of reason. */
  readonly misdated: number;
}

/**
 * Takes accounting that RADIUS has written since the last fold into the usage of services. A session is found by the
 * service's id that the NAS echoes (Class), or by its login where it does not; counters never go down. Set-based, one fold
 * at a time, and a repeat changes nothing.
 */
export async function recordUsage(ctx: Context): Promise<RecordedUsage> {
  requirePermission(ctx, "service:provision");
  return withTransaction(ctx, async (tx) => {
    const range = await takeRange(tx);
    if (!range) return { folded: 0, unknown: 0, misdated: 0 };
    await makePartitions(tx, range);
    const result = await fold(tx, range);
    await tx.db.execute(sql`update radius.fold_cursor set folded_to = ${range.to}::timestamptz`);
    await record(tx, { audit: [{ action: "usage.record", entity: "usage", entityId: range.to, after: result }] });
    return result;
  });
}

/** Of our own clock, as text: microseconds matter to a cursor. */
interface Range {
  readonly from: string;
  readonly to: string;
  readonly first: string;
  readonly last: string;
}

/** Null when nothing was heard since. The lock makes folds take turns. */
async function takeRange(tx: Context): Promise<Range | null> {
  const [cursor] = await rowsOf<{ folded_to: string; settled: string }>(
    tx,
    sql`select folded_to::text, (${SETTLED})::text as settled from radius.fold_cursor for update`,
  );
  if (!cursor) return null;
  const [heard] = await rowsOf<{ first: string | null; last: string | null }>(
    tx,
    sql`
    select min(acctstarttime)::text as first, max(acctstarttime)::text as last from radius.radacct
    where heardat > ${cursor.folded_to}::timestamptz and heardat <= ${cursor.settled}::timestamptz`,
  );
  return heard?.first && heard.last
    ? { from: cursor.folded_to, to: cursor.settled, first: heard.first, last: heard.last }
    : null;
}

async function makePartitions(tx: Context, { first, last }: Range): Promise<void> {
  const { oldest, newest } = bounds(tx);
  const from = dayIn(new Date(first), "UTC");
  const to = dayIn(new Date(last), "UTC");
  await ensurePartitions(tx, monthStart(laterDay(from, oldest)), earlierDay(to, newest));
}

function bounds(tx: Context) {
  const today = dayIn(tx.now(), "UTC");
  return { oldest: addDays(today, -OLDEST_DAYS), newest: addDays(today, NEWEST_DAYS) };
}

async function fold(tx: Context, range: Range): Promise<RecordedUsage> {
  const { oldest, newest } = bounds(tx);
  const [row] = await rowsOf<{ folded: string; unknown: string; misdated: string }>(
    tx,
    sql`
    with heard as (
      select a.*, case when a.class ~ '^0x[0-9a-f]{72}$' then convert_from(decode(substr(a.class, 3), 'hex'), 'LATIN1') end as service_id,
             a.acctstarttime >= ${oldest}::date and a.acctstarttime < ${newest}::date as dated
      from radius.radacct a
      where a.heardat > ${range.from}::timestamptz and a.heardat <= ${range.to}::timestamptz
    ), known as (
      select distinct on (h.acctuniqueid) s.account_id, s.id as service_id, h.acctuniqueid, h.dated, h.acctstarttime,
             h.acctinputoctets, h.acctoutputoctets, h.acctsessiontime, h.acctstoptime, h.acctupdatetime
      from heard h join services s on s.id::text = h.service_id or s.login = h.username
      order by h.acctuniqueid, s.id::text is not distinct from h.service_id desc
    ), folded as (
      insert into usage_records as u (account_id, service_id, started_at, record_id, input_octets, output_octets, seconds,
        ended_at, updated_at)
      select account_id, service_id, acctstarttime, acctuniqueid, acctinputoctets, acctoutputoctets,
             least(acctsessiontime, 2147483647)::int, acctstoptime, acctupdatetime
      from known where dated
      on conflict (account_id, service_id, started_at, record_id) do update set
        input_octets = greatest(u.input_octets, excluded.input_octets),
        output_octets = greatest(u.output_octets, excluded.output_octets),
        seconds = greatest(u.seconds, excluded.seconds),
        ended_at = coalesce(u.ended_at, excluded.ended_at),
        updated_at = greatest(u.updated_at, excluded.updated_at)
      returning 1
    )
    select (select count(*) from folded) as folded,
           (select count(*) from heard) - (select count(*) from known) as unknown,
           (select count(*) from known where not dated) as misdated`,
  );
  return { folded: Number(row?.folded), unknown: Number(row?.unknown), misdated: Number(row?.misdated) };
}
