import { eq } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { lockRun } from "./load-run";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/**
 * Approves what a preview has shown: another person than the one who opened the run. The command at the operator's console is
 * nobody's second pair of eyes, but whoever may use it may do everything; it is written down as what it is.
 *
 * Throws `precondition` (`run.wrong_state`) and `forbidden` (`run.own_approval`).
 */
export async function approveRun(ctx: Context, raw: RunInput): Promise<void> {
  requirePermission(ctx, "run:approve");
  const { runId } = RunInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "approve");
    const approvedBy = actorLabel(tx.actor);
    if (tx.actor.kind === "user" && approvedBy === run.openedBy) throw new DomainError("forbidden", "run.own_approval");
    await tx.db
      .update(billingRuns)
      .set({ state: "approved", approvedBy, approvedAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [
        {
          action: "run.approve",
          entity: "billing_run",
          entityId: runId,
          after: { openedBy: run.openedBy, approvedBy },
        },
      ],
      events: [{ type: "run.approved", accountId: null, payload: { runId } }],
    });
  });
}
