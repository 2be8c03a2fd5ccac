import { eq } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockRun } from "./load-run";
import { requireOpenBook } from "./open-run";
import { lanesOf } from "./preview-run";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/**
 * Goes on with a run that was paused or has failed, from the chunks that are not done. Throws `precondition` (`run.wrong_state`,
 * `period.closed`).
 */
export async function resumeRun(ctx: Context, raw: RunInput): Promise<void> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "resume");
    await requireOpenBook(tx, run);
    await tx.db
      .update(billingRuns)
      .set({ state: "running", failure: null, resumedAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [
        {
          action: "run.resume",
          entity: "billing_run",
          entityId: runId,
          before: { state: run.state, failure: run.failure },
        },
      ],
      events: [{ type: "run.resumed", accountId: null, payload: { runId } }],
      jobs: lanesOf("charge_run", runId),
    });
  });
}
