import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { chargeEvents } from "./bill-accounts";
import { chargeRunAccounts, runMakesDocuments } from "./charge-run-accounts";
import { lockRun } from "./load-run";
import { tallyChunk } from "./rules/chunk-tally";
import { requireAct } from "./rules/run-state";
import { ParkedInput } from "./schema";

export interface WorkedParked {
  readonly outcome: "charged" | "refused" | "skipped" | "parked";
  readonly chargedMinor: Minor;
  /** Why it is parked still, or was refused or skipped. */
  readonly reason: string | null;
}

/**
 * Tries one parked account again, as of the run's day and as part of the run, once what kept it has been mended. Its chunk
 * counts it where it now belongs. Throws `not_found` (`run.not_parked`), `precondition` (`run.wrong_state`, `run.closed`).
 */
export async function workParked(ctx: Context, raw: ParkedInput): Promise<WorkedParked> {
  requirePermission(ctx, "run:operate");
  const { runId, accountId } = ParkedInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, runId);
    requireAct(run, "work");
    const [row] = await rowsOf<{ chunk: number; reason: string }>(
      tx,
      sql`
      select chunk, reason from billing_run_accounts
      where run_id = ${runId} and stage = 'charge' and finding = 'parked' and account_id = ${accountId} for update`,
    );
    if (!row) throw new DomainError("not_found", "run.not_parked");
    const { rated, parked, written } = await chargeRunAccounts(tx, run, [accountId], await runMakesDocuments(tx, run));
    const closed = rated.length + parked.length === 0 ? [accountId] : [];
    const tally = tallyChunk({ rated, parked, closed, asOf: run.asOf, zone: tx.zone });
    const outcome =
      tally.parked > 0 ? "parked" : tally.charged > 0 ? "charged" : tally.refused > 0 ? "refused" : "skipped";
    const reason = tally.findings[0]?.reason ?? Object.keys(tally.skippedFor)[0] ?? null;
    const finding = outcome === "charged" ? "settled" : outcome;
    await tx.db.execute(sql`
      update billing_run_accounts
      set finding = ${finding}, reason = ${reason ?? row.reason}, written_at = ${outcome === "parked" ? sql`null` : sql`now()`},
          amount_minor = ${(outcome === "charged" ? tally.chargedMinor : (tally.findings[0]?.amountMinor ?? null))?.toString() ?? null}::bigint
      where run_id = ${runId} and stage = 'charge' and finding = 'parked' and account_id = ${accountId}`);
    if (outcome !== "parked") {
      await tx.db.execute(sql`
        update billing_run_chunks
        set parked = parked - 1, charged = charged + ${tally.charged}::int, refused = refused + ${tally.refused}::int,
            skipped = skipped + ${tally.skipped}::int, lines = lines + ${tally.lines}::int,
            charged_minor = charged_minor + ${tally.chargedMinor.toString()}::bigint,
            credited_minor = credited_minor + ${tally.creditedMinor.toString()}::bigint
        where run_id = ${runId} and stage = 'charge' and number = ${row.chunk}`);
    }
    await record(tx, {
      audit: [
        {
          action: "run.work_parked",
          entity: "billing_run",
          entityId: runId,
          accountId,
          before: { reason: row.reason },
          after: { outcome, reason, chargedMinor: tally.chargedMinor },
        },
      ],
      events: chargeEvents(rated, written.opened, run.asOf),
      jobs: written.turned.length > 0 ? [{ task: "settle_account", payload: { accountIds: [accountId] } }] : [],
    });
    return { outcome, chargedMinor: tally.chargedMinor, reason };
  });
}
