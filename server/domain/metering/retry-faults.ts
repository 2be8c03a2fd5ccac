import { sql } from "drizzle-orm";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { Fault } from "./constants";
import { candidateKey, closeFaults, insertRecords, loadCandidates, makeMonths, type NewRecord } from "./internal";
import { type FaultRow, faultOf, filterOf } from "./list-faults";
import { type Candidate, classifyRecord, type UsageRecord, type Verdict } from "./rules/classify-record";
import { RetryFaultsInput } from "./schema";

export interface RetriedFaults {
  readonly looked: number;
  readonly taken: number;
}

const CHUNK = 5_000;

/**
 * Looks at the records of the bin anew, all that a filter shows: a number was assigned since, a price published. Those that can
 * be charged now leave the bin, the others keep their new reason. In chunks, each a transaction of its own.
 */
export async function retryFaults(ctx: Context, raw: RetryFaultsInput): Promise<RetriedFaults> {
  requirePermission(ctx, "usage:mend");
  const filter = RetryFaultsInput.parse(raw);
  const dated = await rowsOf<{ at: string }>(
    ctx,
    sql`select distinct date_trunc('month', occurred_at, 'UTC') as at from usage_faults where ${filterOf(filter)} and occurred_at is not null`,
  );
  await makeMonths(
    ctx,
    dated.map(({ at }) => new Date(at)),
  );
  let [looked, taken] = [0, 0];
  let after: string | null = null;
  for (;;) {
    const chunk: RetriedFaults & { readonly last: string | null } = await retryChunk(ctx, filter, after);
    looked += chunk.looked;
    taken += chunk.taken;
    if (chunk.looked < CHUNK || chunk.last === null) return { looked, taken };
    after = chunk.last;
  }
}

async function retryChunk(ctx: Context, filter: RetryFaultsInput, after: string | null) {
  return withTransaction(ctx, async (tx) => {
    const today = dayIn(tx.now(), tx.zone);
    const rows = await rowsOf<Record<string, unknown>>(
      tx,
      sql`
      select * from usage_faults where ${filterOf(filter)} and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${CHUNK} for update skip locked`,
    );
    const faults = rows.map(faultOf);
    const whole = faults.flatMap((fault) => {
      const read = understood(fault, tx.zone);
      return read ? [{ fault, read }] : [];
    });
    const [catalog, candidates] = await Promise.all([
      readCatalog(tx),
      loadCandidates(
        tx,
        whole.map(({ read }) => ({ kind: read.identifierKind, value: read.identifier })),
        today,
      ),
    ]);
    const judged = whole.map(({ fault, read }) => ({
      fault,
      read,
      verdict: classifyRecord(read, whom(candidates, read), catalog, today),
    }));
    const records = judged.flatMap(recordOf);
    await lockBalances(tx, [...new Set(records.map(({ accountId }) => accountId))]);
    await insertRecords(tx, records);
    const taken = judged.filter(({ verdict }) => verdict.kind === "taken").map(({ fault }) => fault.faultId);
    await closeFaults(tx, taken, "mended", null, actorLabel(tx.actor));
    await renameReasons(tx, judged);
    if (faults.length > 0) {
      const after = { ...filter, looked: faults.length, taken: taken.length };
      await record(tx, { audit: [{ action: "usage.retry_faults", entity: "usage", entityId: today, after }] });
    }
    return { looked: faults.length, taken: taken.length, last: faults.at(-1)?.faultId ?? null };
  });
}

interface Judged {
  readonly fault: FaultRow;
  readonly read: UsageRecord;
  readonly verdict: Verdict;
}

const whom = (candidates: ReadonlyMap<string, readonly Candidate[]>, read: UsageRecord) =>
  candidates.get(candidateKey(read.identifierKind, read.identifier)) ?? [];

/** Null while a part is missing: only a person can say it. */
function understood(fault: FaultRow, zone: string): UsageRecord | null {
  const { identifierKind, identifier, occurredAt, meter, measure, units } = fault;
  if (!identifierKind || !identifier || !occurredAt || !meter || !measure || units === null) return null;
  return { identifierKind, identifier, occurredAt, day: dayIn(occurredAt, zone), meter, measure, units };
}

function recordOf({ fault: { source, recordId, label }, read, verdict }: Judged): NewRecord[] {
  if (verdict.kind !== "taken") return [];
  const { accountId, subscriptionId } = verdict;
  const { occurredAt, meter, units } = read;
  return [{ accountId, subscriptionId, occurredAt, source, recordId, meter, units, label }];
}

async function renameReasons(tx: Context, judged: readonly Judged[]): Promise<void> {
  const again = judged.flatMap(({ fault, verdict }) =>
    verdict.kind === "fault" ? [{ id: fault.faultId, reason: verdict.fault as Fault }] : [],
  );
  if (again.length === 0) return;
  await tx.db.execute(sql`
    update usage_faults f set reason = a.reason, attempts = f.attempts + 1
    from ${tableOf(again, { id: ["uuid", (one) => one.id], reason: ["text", (one) => one.reason] })} a
    where f.id = a.id and f.id = ${anyOf(
      again.map((one) => one.id),
      "uuid",
    )}`);
}
