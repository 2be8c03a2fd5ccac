import { eq, type SQL, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import type { Moment } from "@/server/domain/rating";
import { addMonths, type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import type { RunStage } from "./constants";

export type Run = typeof billingRuns.$inferSelect;

/** Throws `not_found` (`run.not_found`). */
export async function loadRun(ctx: Context, runId: string): Promise<Run> {
  const [run] = await ctx.db.select().from(billingRuns).where(eq(billingRuns.id, runId));
  if (!run) throw new DomainError("not_found", "run.not_found");
  return run;
}

/** The same, held until the transaction ends: whoever changes what a run is takes it first. */
export async function lockRun(tx: Context, runId: string): Promise<Run> {
  const [run] = await tx.db.select().from(billingRuns).where(eq(billingRuns.id, runId)).for("no key update");
  if (!run) throw new DomainError("not_found", "run.not_found");
  return run;
}

export function momentOfRun({ asOf, arrearsUntil, periodStart }: Run): Moment {
  return { today: asOf, arrearsUntil, bookedSince: periodStart };
}

/** Whether nothing more can fall into the month that begins on the day. */
export const isMonthOver = (periodStart: Day, { now, zone }: Pick<Context, "now" | "zone">): boolean =>
  addMonths(periodStart, 1) <= dayIn(now(), zone);

/** The accounts that a run is about: of its legal entity, open for at least a day of its month. */
export function inScope({ legalEntityId, asOf, periodStart }: Run): SQL {
  return sql`
    exists (select 1 from contracts c where c.id = a.contract_id and c.legal_entity_id = ${legalEntityId})
    and a.opened_on <= ${asOf} and (a.closed_on is null or a.closed_on > ${periodStart})`;
}

/**
 * Cuts the scope into chunks of a stage anew; those that were there are thrown away. Whoever comes later has a later id and is
 * none of this run's. Returns how many accounts there are.
 */
export async function cutChunks(tx: Context, run: Run, stage: RunStage): Promise<number> {
  await tx.db.execute(sql`delete from billing_run_chunks where run_id = ${run.id} and stage = ${stage}`);
  const [row] = await rowsOf<{ accounts: string }>(
    tx,
    sql`
    with scope as (
      select a.id, (row_number() over (order by a.id) - 1) / ${run.chunkSize}::int as place
      from accounts a where ${inScope(run)}
    ), cut as (
      insert into billing_run_chunks (run_id, stage, number, from_id, to_id, accounts)
      select ${run.id}, ${stage}, place + 1, min(id::text collate "C")::uuid, max(id::text collate "C")::uuid, count(*)
      from scope group by place
      returning accounts
    )
    select coalesce(sum(accounts), 0) as accounts from cut`,
  );
  return Number(row?.accounts ?? 0);
}

export interface Chunk {
  readonly number: number;
  readonly fromId: string;
  readonly toId: string;
}

/**
 * Takes the first chunk that nobody has: its row stays locked until the transaction ends, done or rolled back. Null when all are
 * done or taken. The state of the run has to be read after it: whoever stops a run waits for the chunks that are taken.
 */
export async function claimChunk(tx: Context, runId: string, stage: RunStage): Promise<Chunk | null> {
  const [row] = await rowsOf<{ number: number; from_id: string; to_id: string }>(
    tx,
    sql`
    select number, from_id, to_id from billing_run_chunks
    where run_id = ${runId} and stage = ${stage} and not is_done
    order by number limit 1 for update skip locked`,
  );
  return row ? { number: row.number, fromId: row.from_id, toId: row.to_id } : null;
}

/** Waits for the chunks that are taken, so that nothing is charged any more when the transaction ends. */
export async function awaitChunks(tx: Context, runId: string): Promise<void> {
  await tx.db.execute(sql`
    select 1 from billing_run_chunks where run_id = ${runId} and not is_done order by stage, number for update`);
}

/** The chunk's accounts: those to be looked at, and those that were closed by the run's day. */
export async function listChunkAccounts(
  tx: Context,
  run: Run,
  { fromId, toId }: Chunk,
): Promise<{ open: string[]; closed: string[] }> {
  const rows = await rowsOf<{ id: string; is_closed: boolean }>(
    tx,
    sql`
    select a.id, coalesce(a.closed_on <= ${run.asOf}, false) as is_closed from accounts a
    where a.id between ${fromId} and ${toId} and ${inScope(run)} order by a.id`,
  );
  const ids = (isClosed: boolean) => rows.filter((row) => row.is_closed === isClosed).map((row) => row.id);
  return { open: ids(false), closed: ids(true) };
}
