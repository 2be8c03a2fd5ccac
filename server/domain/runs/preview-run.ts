import { eq, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { dayIn, daysBetween } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { RUN_LANES } from "./constants";
import { rateAsOf } from "./internal";
import { listMonthSums } from "./list-month-sums";
import { claimChunk, cutChunks, listChunkAccounts, loadRun, lockRun, momentOfRun } from "./load-run";
import { lookAtSnapshots } from "./load-snapshots";
import { requireOpenBook } from "./open-run";
import { recordChunk } from "./record-chunk";
import { tallyChunk } from "./rules/chunk-tally";
import { reachOf } from "./rules/reach";
import { runMoment } from "./rules/run-moment";
import { requireAct } from "./rules/run-state";
import type { RunStep } from "./run-chunk";
import { RunInput } from "./schema";

/**
 * Begins to preview a run, anew if it was before: workers then go through its chunks with the code that charges, stopped before
 * the write. An approval of what was seen earlier falls with it. Throws `not_found`, `precondition` (`run.wrong_state`,
 * `period.closed`: what could never be booked is not shown).
 */
export async function previewRun(ctx: Context, raw: RunInput): Promise<{ accounts: number }> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "preview");
    await requireOpenBook(tx, run);
    const { today: asOf, arrearsUntil } = runMoment(run.periodStart, dayIn(tx.now(), tx.zone));
    const anew = { asOf, arrearsUntil, previewedAt: null, approvedBy: null, approvedAt: null, failure: null } as const;
    await tx.db
      .update(billingRuns)
      .set({ ...anew, state: "draft", resumedAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    // First the chunks: a worker that still looks at one of an earlier preview is waited for, and then what it found goes too.
    const accounts = await cutChunks(tx, { ...run, ...anew }, "preview");
    await tx.db.execute(sql`delete from billing_run_accounts where run_id = ${runId}`);
    await record(tx, {
      audit: [
        {
          action: "run.preview",
          entity: "billing_run",
          entityId: runId,
          before: { state: run.state },
          after: { accounts },
        },
      ],
      jobs: lanesOf("preview_run", runId),
    });
    return { accounts };
  });
}

/** As many jobs as work on a run side by side; each takes a chunk and asks for the next. */
export function lanesOf(task: "preview_run" | "charge_run", runId: string) {
  return Array.from({ length: RUN_LANES }, (_, lane) => laneJob(task, runId, lane));
}

/** Behind everything that a subscriber waits for. */
export function laneJob(task: "preview_run" | "charge_run", runId: string, lane: number) {
  return { task, payload: { runId, lane }, key: `${task}:${runId}:${lane}`, priority: 10 };
}

/** Looks at one chunk that nobody has looked at. Writes what it saw and no money. */
export async function previewChunk(ctx: Context, raw: RunInput): Promise<RunStep | null> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const chunk = await claimChunk(tx, runId, "preview");
    const run = await loadRun(tx, runId);
    if (!chunk || run.state !== "draft") return null;
    const { open, closed } = await listChunkAccounts(tx, run, chunk);
    const reach = reachOf(await readCatalog(tx), run.asOf);
    const { rated, parked } = await rateAsOf(tx, lookAtSnapshots, open, momentOfRun(run));
    const months = await listMonthSums(tx, run, open, daysBetween(reach.since, run.asOf));
    const tally = tallyChunk({ rated, parked, closed, asOf: run.asOf, zone: tx.zone, months });
    await recordChunk(tx, run, "preview", chunk, tally);
    await record(tx, {
      audit: [{ action: "run.preview_chunk", entity: "billing_run", entityId: runId, after: { number: chunk.number } }],
    });
    return { number: chunk.number, accounts: open.length + closed.length, turned: [] };
  });
}
