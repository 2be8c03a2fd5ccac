import { eq, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { dayIn } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { cutChunks, lockRun } from "./load-run";
import { requireOpenBook } from "./open-run";
import { lanesOf } from "./preview-run";
import { reachOf } from "./rules/reach";
import { runMoment } from "./rules/run-moment";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/**
 * Starts an approved run: cuts its accounts into chunks as they are now, and workers charge them. A run of a month that lasts is
 * evaluated as of the day it starts. Throws `precondition` (`run.wrong_state`, `period.closed`).
 */
export async function startRun(ctx: Context, raw: RunInput): Promise<{ accounts: number }> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "start");
    await requireOpenBook(tx, run);
    const { today: asOf, arrearsUntil } = runMoment(run.periodStart, dayIn(tx.now(), tx.zone));
    await ensurePartitions(tx, reachOf(await readCatalog(tx), asOf).since, asOf);
    const accounts = await cutChunks(tx, { ...run, asOf, arrearsUntil }, "charge");
    await tx.db.execute(sql`delete from billing_run_accounts where run_id = ${runId} and stage = 'charge'`);
    await tx.db
      .update(billingRuns)
      .set({ state: "running", asOf, arrearsUntil, startedAt: tx.now(), resumedAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [{ action: "run.start", entity: "billing_run", entityId: runId, after: { accounts, asOf } }],
      events: [{ type: "run.started", accountId: null, payload: { runId, accounts } }],
      jobs: lanesOf("charge_run", runId),
    });
    return { accounts };
  });
}
