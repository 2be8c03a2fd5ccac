import { requirePermission } from "@/server/domain/identity";
import type { SubscriptionKey } from "@/server/domain/subscriptions";
import { isDomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { record } from "@/server/platform/record";
import { isTransient, withSavepoint, withTransaction } from "@/server/platform/transaction";
import { chargeEvents } from "./bill-accounts";
import { chargeRunAccounts, runMakesDocuments } from "./charge-run-accounts";
import type { Parked, Rated } from "./internal";
import { claimChunk, listChunkAccounts, loadRun, type Run } from "./load-run";
import { recordChunk } from "./record-chunk";
import { tallyChunk } from "./rules/chunk-tally";
import { RunInput } from "./schema";

/** One chunk, done. */
export interface RunStep {
  readonly number: number;
  readonly accounts: number;
  /** Accounts whose services have to follow: a block opened or closed, a tariff changed. */
  readonly turned: readonly string[];
}

/**
 * Charges one chunk of a run that nobody has charged, as of the run's day, by the code that `billAccounts` charges by, and issues
 * the documents of a month that is over. Charges, documents, counters and the chunk's state are one transaction: a worker killed
 * anywhere leaves the chunk as it was or done.
 *
 * Null when there is nothing to take: all chunks are done or taken, or the run is not running. Throws what stops the whole run.
 */
export async function runChunk(ctx: Context, raw: RunInput): Promise<RunStep | null> {
  requirePermission(ctx, "billing:charge");
  const { runId } = RunInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const chunk = await claimChunk(tx, runId, "charge");
    const run = await loadRun(tx, runId);
    if (!chunk || run.state !== "running") return null;
    const { open, closed } = await listChunkAccounts(tx, run, chunk);
    const { rated, parked, opened, turned } = await chargeApart(tx, run, [...open, ...closed]);
    const tally = tallyChunk({ rated, parked, closed, asOf: run.asOf, zone: tx.zone });
    await recordChunk(tx, run, "charge", chunk, tally);
    const { findings, changes, ...counters } = tally;
    await record(tx, {
      audit: [
        {
          action: "run.charge_chunk",
          entity: "billing_run",
          entityId: runId,
          after: { number: chunk.number, ...counters },
        },
      ],
      events: chargeEvents(rated, opened, run.asOf),
    });
    return { number: chunk.number, accounts: open.length + closed.length, turned };
  });
}

/** A write that the state of the whole forbids, such as a closed month: no account of it is to blame. */
const isRefusal = (error: unknown) => isDomainError(error) && error.kind === "precondition";

interface Part {
  readonly rated: readonly Rated[];
  readonly parked: readonly Parked[];
  readonly opened: readonly SubscriptionKey[];
  readonly turned: readonly string[];
}

/** Accounts of one chunk that may fail for reasons nobody foresaw; when more do, it is not the accounts. */
const MOST_FAILING = 20;

/**
 * Charges accounts together; when that fails for a reason nobody foresaw, in halves, down to the account that fails, which is
 * parked. A failure that another try may mend is no account's fault and ends the chunk, as does one that hits too many.
 */
async function chargeApart(tx: Context, run: Run, accountIds: readonly string[]): Promise<Part> {
  const makesDocuments = await runMakesDocuments(tx, run);
  const failed: { accountId: string; error: unknown }[] = [];
  async function charge(ids: readonly string[]): Promise<Part[]> {
    try {
      const { rated, parked, written } = await withSavepoint(tx, (part) =>
        chargeRunAccounts(part, run, ids, makesDocuments),
      );
      return [{ rated, parked, opened: written.opened, turned: written.turned }];
    } catch (error) {
      if (isTransient(error) || isRefusal(error)) throw error;
      const [only] = ids;
      if (ids.length > 1) {
        const half = Math.ceil(ids.length / 2);
        return [...(await charge(ids.slice(0, half))), ...(await charge(ids.slice(half)))];
      }
      if (!only || failed.length === MOST_FAILING) throw error;
      failed.push({ accountId: only, error });
      return [{ rated: [], parked: [{ accountId: only, reason: "charge.failed" }], opened: [], turned: [] }];
    }
  }
  const parts = accountIds.length === 0 ? [] : await charge(accountIds);
  for (const { accountId, error } of failed) logger.error({ err: error, accountId }, "account cannot be charged");
  return {
    rated: parts.flatMap((part) => part.rated),
    parked: parts.flatMap((part) => part.parked),
    opened: parts.flatMap((part) => part.opened),
    turned: parts.flatMap((part) => part.turned),
  };
}
