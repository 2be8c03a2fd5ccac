import { eq } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockRun } from "./load-run";

/**
 * Stops a run that cannot go on by itself, with the reason; what is charged stays, and `resumeRun` goes on from there. A preview
 * that cannot be made leaves the run the draft it was.
 */
export async function failRun(ctx: Context, input: { runId: string; error: unknown }): Promise<void> {
  requirePermission(ctx, "billing:charge");
  const { runId, error } = input;
  const failure = isDomainError(error) ? error.reason : "charge.failed";
  await withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    if (run.state !== "running" && run.state !== "draft") return;
    const state = run.state === "running" ? ("failed" as const) : ("draft" as const);
    await tx.db.update(billingRuns).set({ state, failure }).where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [
        {
          action: "run.fail",
          entity: "billing_run",
          entityId: runId,
          before: { state: run.state },
          after: { state, failure },
        },
      ],
      events: [{ type: "run.failed", accountId: null, payload: { runId, failure } }],
    });
  });
}
