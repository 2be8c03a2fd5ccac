import { sql } from "drizzle-orm";
import { billingRuns, legalEntities } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { type Day, dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { RunKind } from "./constants";
import { inScope, type Run } from "./load-run";
import { monthOf, periodText, runMoment } from "./rules/run-moment";
import { OpenRunInput } from "./schema";

/**
 * Opens the run of a month: nothing is charged before it has been previewed and approved. The month's own run is one; once that
 * is done another look may be opened, which finds nothing that is charged already.
 *
 * Throws `invalid` (`run.period_malformed`, `run.entity_needed`), `precondition` (`run.month_not_begun`, `run.nobody`,
 * `period.closed`) and `conflict` (`run.exists`, with the id of the one that is open).
 */
export async function openRun(ctx: Context, raw: OpenRunInput): Promise<{ runId: string; kind: RunKind }> {
  requirePermission(ctx, "run:operate");
  const input = OpenRunInput.parse(raw);
  const periodStart = monthOf(input.period);
  const { today: asOf, arrearsUntil } = runMoment(periodStart, dayIn(ctx.now(), ctx.zone));
  return withTransaction(ctx, async (tx) => {
    const legalEntityId = await entityOf(tx, input.legalEntityId ?? null);
    await requireOpenBook(tx, { legalEntityId, periodStart });
    const kind = await kindOfNext(tx, legalEntityId, periodStart);
    const run = { id: tx.newId(), legalEntityId, periodStart, kind, asOf, arrearsUntil, chunkSize: input.chunkSize };
    const [made] = await tx.db
      .insert(billingRuns)
      .values({ ...run, state: "draft", openedBy: actorLabel(tx.actor), openedAt: tx.now() })
      .onConflictDoNothing()
      .returning();
    // Somebody opened it at this very moment; the next look says which one.
    if (!made) throw new DomainError("conflict", "run.exists", { runId: null });
    await requireSomebody(tx, made);
    await record(tx, {
      audit: [{ action: "run.open", entity: "billing_run", entityId: run.id, after: run }],
      events: [{ type: "run.opened", accountId: null, payload: { runId: run.id, period: input.period } }],
    });
    return { runId: run.id, kind };
  });
}

async function entityOf(tx: Context, given: string | null): Promise<string> {
  const rows = await tx.db.select({ id: legalEntities.id }).from(legalEntities);
  if (given !== null) {
    if (rows.some((row) => row.id === given)) return given;
    throw new DomainError("not_found", "run.entity_not_found");
  }
  const [only, ...more] = rows;
  if (!only || more.length > 0) throw new DomainError("invalid", "run.entity_needed");
  return only.id;
}

/**
 * A month whose book is closed takes no entry, so there is nothing to open, to look at or to start. The book itself refuses one
 * that is closed while a run works. Throws `precondition` (`period.closed` with the month).
 */
export async function requireOpenBook(tx: Context, run: Pick<Run, "legalEntityId" | "periodStart">): Promise<void> {
  const [closed] = await rowsOf(
    tx,
    sql`
    select 1 from accounting_periods
    where legal_entity_id = ${run.legalEntityId} and month >= ${run.periodStart} and reopened_at is null limit 1`,
  );
  if (closed) throw new DomainError("precondition", "period.closed", { month: periodText(run.periodStart) });
}

async function kindOfNext(tx: Context, legalEntityId: string, periodStart: Day): Promise<RunKind> {
  const rows = await rowsOf<{ id: string; state: string; kind: RunKind }>(
    tx,
    sql`
    select id, state, kind from billing_runs
    where legal_entity_id = ${legalEntityId} and period_start = ${periodStart} and state <> 'cancelled'`,
  );
  const open = rows.find((row) => row.state !== "finished");
  if (open) throw new DomainError("conflict", "run.exists", { runId: open.id });
  return rows.some((row) => row.kind === "main") ? "repeat" : "main";
}

async function requireSomebody(tx: Context, run: Run): Promise<void> {
  const [somebody] = await rowsOf(tx, sql`select 1 from accounts a where ${inScope(run)} limit 1`);
  if (!somebody) throw new DomainError("precondition", "run.nobody", { period: periodText(run.periodStart) });
}
