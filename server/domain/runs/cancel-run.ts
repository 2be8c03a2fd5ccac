import { eq, sql } from "drizzle-orm";
import { billingRuns } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Minor } from "@/server/kernel/money";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { awaitChunks, lockRun } from "./load-run";
import { requireAct } from "./rules/run-state";
import { RunInput } from "./schema";

/** What a cancelled run leaves behind: nothing in the book is rewritten. */
export interface CancelledRun {
  readonly chargedAccounts: number;
  readonly chargedMinor: Minor;
  readonly creditedMinor: Minor;
}

/**
 * Cancels a run. What is charged stays charged, and the answer says how much that is; chunks that are being charged are waited
 * for. The month can then be run anew. Throws `precondition` (`run.wrong_state`).
 */
export async function cancelRun(ctx: Context, raw: RunInput): Promise<CancelledRun> {
  requirePermission(ctx, "run:operate");
  const { runId } = RunInput.parse(raw);
  await withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "cancel");
    const cancelledBy = actorLabel(tx.actor);
    await tx.db
      .update(billingRuns)
      .set({ state: "cancelled", cancelledBy, cancelledAt: tx.now() })
      .where(eq(billingRuns.id, runId));
    await record(tx, {
      audit: [{ action: "run.cancel", entity: "billing_run", entityId: runId, before: { state: run.state } }],
      events: [{ type: "run.cancelled", accountId: null, payload: { runId } }],
    });
  });
  // Only now do workers see it: whoever took a chunk before that is waited for, and counted.
  return withTransaction(ctx, async (tx) => {
    await awaitChunks(tx, runId);
    const [row] = await rowsOf<{ accounts: string; charged: string; credited: string }>(
      tx,
      sql`
      select coalesce(sum(charged), 0) as accounts, coalesce(sum(charged_minor), 0) as charged,
             coalesce(sum(credited_minor), 0) as credited
      from billing_run_chunks where run_id = ${runId} and stage = 'charge' and is_done`,
    );
    return {
      chargedAccounts: Number(row?.accounts ?? 0),
      chargedMinor: BigInt(row?.charged ?? 0),
      creditedMinor: BigInt(row?.credited ?? 0),
    };
  });
}
