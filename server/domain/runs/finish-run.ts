import { and, eq, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import type { RunState } from "./constants";
import { RunInput } from "./schema";

/** What a run becomes when every chunk of what it is at is done. */
const NEXT = {
  preview: { from: "draft", to: "previewed", event: "run.previewed", stamp: "previewedAt" },
  charge: { from: "running", to: "finished", event: "run.finished", stamp: "finishedAt" },
} as const;

/**
 * Turns a run to its next state if its last chunk is done; called by a worker that found nothing to take, after its own
 * chunks are committed, so that the last of several sees them all. Says which state the run is in now.
 */
export async function finishRun(ctx: Context, raw: RunInput): Promise<RunState> {
  requirePermission(ctx, "billing:charge");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    for (const stage of ["preview", "charge"] as const) {
      const { from, to, event, stamp } = NEXT[stage];
      const [turned] = await tx.db
        .update(billingRuns)
        .set({ state: to, [stamp]: tx.now() })
        .where(
          and(
            eq(billingRuns.id, runId),
            eq(billingRuns.state, from),
            sql`exists (select 1 from billing_run_chunks where run_id = ${runId} and stage = ${stage})`,
            sql`not exists (select 1 from billing_run_chunks where run_id = ${runId} and stage = ${stage} and not is_done)`,
          ),
        )
        .returning({ id: billingRuns.id });
      if (!turned) continue;
      await record(tx, {
        audit: [
          { action: event, entity: "billing_run", entityId: runId, before: { state: from }, after: { state: to } },
        ],
        events: [{ type: event, accountId: null, payload: { runId } }],
      });
    }
    const [run] = await tx.db.select({ state: billingRuns.state }).from(billingRuns).where(eq(billingRuns.id, runId));
    return run?.state ?? "cancelled";
  });
}
