import { refreshServices } from "@/server/domain/provisioning";
import { failRun, finishRun, laneJob, previewChunk, type RunStep, runChunk } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { addJobs } from "@/server/platform/queue";
import { isTransient, withTransaction } from "@/server/platform/transaction";

export type RunTask = "preview_run" | "charge_run";

/**
 * Does one chunk of a run: charges it and says what the network should do, in one transaction, or looks at it. Null when there
 * is nothing to take; then the run is turned to its next state if that was the last of it.
 *
 * What stops the whole run is written on the run; only what another try may mend is thrown.
 */
export async function workRunChunk(
  ctx: Context,
  task: RunTask,
  runId: string,
  inSameTransaction: (tx: Context) => Promise<void> = async () => {},
): Promise<RunStep | null> {
  try {
    const step = await withTransaction(ctx, async (tx) => {
      const done = task === "charge_run" ? await runChunk(tx, { runId }) : await previewChunk(tx, { runId });
      if (!done) return null;
      if (done.turned.length > 0) await refreshServices(tx, { accountIds: [...done.turned] });
      await inSameTransaction(tx);
      return done;
    });
    if (!step) await finishRun(ctx, { runId });
    return step;
  } catch (error) {
    if (isTransient(error)) throw error;
    logger.error({ err: error, runId }, "run stopped");
    await failRun(ctx, { runId, error });
    return null;
  }
}

/** A job of the queue: one chunk, and the next job of its lane with it, so that payments get their turn between chunks. */
export async function workRunLane(ctx: Context, task: RunTask, { runId, lane }: { runId: string; lane: number }) {
  await workRunChunk(ctx, task, runId, (tx) => addJobs(tx, [laneJob(task, runId, lane)]));
}
