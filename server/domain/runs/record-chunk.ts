import { sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { tableOf } from "@/server/platform/rows";
import type { RunStage } from "./constants";
import type { Chunk, Run } from "./load-run";
import type { ChunkTally } from "./rules/chunk-tally";

/**
 * Marks a chunk done with what came of it, in the transaction that did it. `written_at` is the database's time of that
 * transaction: every row it wrote carries the same as `created_at`, which is how a run's own rows are found again.
 */
export async function recordChunk(
  tx: Context,
  run: Run,
  stage: RunStage,
  chunk: Chunk,
  tally: ChunkTally,
): Promise<void> {
  const accounts = tally.charged + tally.refused + tally.skipped + tally.parked;
  const changes = tally.changes.map((change) => ({
    accountId: change.accountId,
    monthMinor: change.monthMinor.toString(),
    lastMinor: change.lastMinor.toString(),
  }));
  await tx.db.execute(sql`
    update billing_run_chunks
    set is_done = true, accounts = ${accounts}, charged = ${tally.charged}, refused = ${tally.refused},
        skipped = ${tally.skipped}, parked = ${tally.parked}, lines = ${tally.lines},
        charged_minor = ${tally.chargedMinor.toString()}::bigint, credited_minor = ${tally.creditedMinor.toString()}::bigint,
        month_minor = ${tally.monthMinor.toString()}::bigint, last_minor = ${tally.lastMinor.toString()}::bigint,
        skipped_for = ${JSON.stringify(tally.skippedFor)}::jsonb,
        changes = ${stage === "preview" ? JSON.stringify(changes) : null}::jsonb,
        written_at = now(), done_at = ${tx.now().toISOString()}::timestamptz
    where run_id = ${run.id} and stage = ${stage} and number = ${chunk.number}`);
  if (tally.findings.length === 0) return;
  await tx.db.execute(sql`
    insert into billing_run_accounts (run_id, stage, chunk, finding, account_id, reason, amount_minor, last_minor)
    select ${run.id}, ${stage}, ${chunk.number}::int, f.finding, f.account_id, f.reason, f.amount_minor, f.last_minor
    from ${tableOf(tally.findings, {
      finding: ["text", (one) => one.finding],
      account_id: ["uuid", (one) => one.accountId],
      reason: ["text", (one) => one.reason],
      amount_minor: ["bigint", (one) => one.amountMinor],
      last_minor: ["bigint", (one) => one.lastMinor],
    })} f`);
}
