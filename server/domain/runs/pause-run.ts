import { eq } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { awaitChunks, lockRun } from "./load-run";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/**
 * Pauses a run: chunks that are being charged are waited for, no other is begun, and when this answers nothing is charged any
 * more. Throws `precondition` (`run.wrong_state`).
 */
export async function pauseRun(ctx: Context, raw: RunInput): Promise<void> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    requireAct(await lockRun(tx, runId), "pause");
    await tx.db.update(billingRuns).set({ state: "paused" }).where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [{ action: "run.pause", entity: "billing_run", entityId: runId }],
      events: [{ type: "run.paused", accountId: null, payload: { runId } }],
    });
  });
  // Only now do workers see it: whoever took a chunk before that is waited for.
  await withTransaction(ctx, (tx) => awaitChunks(tx, runId));
}
