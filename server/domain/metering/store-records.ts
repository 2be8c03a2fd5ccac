import { sql } from "drizzle-orm";
import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { lockBalances } from "@/server/domain/ledger";
import { type Day, dayIn } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import { actorLabel, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import type { Fault } from "./constants";
import {
  candidateKey,
  closeFaults,
  insertFaults,
  insertRecords,
  loadCandidates,
  makeMonths,
  type NewFault,
  type NewRecord,
} from "./internal";
import { type Candidate, classifyRecord, type UsageRecord } from "./rules/classify-record";

/** One record as its source tells it. */
export interface TakenRecord {
  /** The source's own id of it; with the source, names it for ever. */
  readonly recordId: string;
  /** Of what it says: the same id with another digest is another story. */
  readonly digest: string;
  /** The record as it came: column → cell. */
  readonly raw: Readonly<Record<string, string>>;
  readonly label: string | null;
  /** What was understood; null when a part could not be read, and then `partly` says which and holds the rest. */
  readonly read: UsageRecord | null;
  readonly partly?: { readonly column: string | null } & Partial<UsageRecord>;
}

export interface StoredRecords {
  readonly stored: number;
  /** Taken before and saying the same. */
  readonly repeated: number;
  /** Into the bin, by place in the batch. */
  readonly faults: readonly { readonly place: number; readonly fault: Fault; readonly column: string | null }[];
  /** Places of records that were taken before and say something else now: nothing is rewritten, so they are refused. */
  readonly changed: readonly number[];
}

/** More in one transaction gain nothing and hold the accounts' money for longer. */
export const MAX_RECORDS = 10_000;

export interface StoreOptions {
  readonly source: string;
  /** Says what would become of each, writes nothing. */
  readonly dryRun?: boolean;
}

/**
 * Takes usage in: what can be charged waits for its period's end, the rest goes to the bin whole. A record told twice, in one
 * batch or in two at the same moment, is taken once; one that is still in the bin is replaced when its source tells it again
 * otherwise.
 *
 * The accounts' money is locked, as charging locks it: what charging has summed up cannot grow behind it.
 */
export async function storeRecords(
  ctx: Context,
  batch: readonly TakenRecord[],
  { source, dryRun = false }: StoreOptions,
): Promise<StoredRecords> {
  requirePermission(ctx, "usage:store");
  assertInvariant(batch.length <= MAX_RECORDS, "usage.batch_too_large");
  if (batch.length === 0) return { stored: 0, repeated: 0, faults: [], changed: [] };
  if (!dryRun) await makeMonths(ctx, spanOf(batch));
  return withTransaction(ctx, async (tx) => {
    // One batch of a source at a time: between looking a key up and writing it nobody else may do so.
    if (!dryRun) await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext(${`usage ${source}`}))`);
    const today = dayIn(tx.now(), tx.zone);
    const fresh = await sortOut(tx, source, batch);
    const [catalog, candidates] = await Promise.all([
      readCatalog(tx),
      loadCandidates(tx, identifiersOf(fresh.records), today),
    ]);
    const { records, faults } = judge(fresh.records, source, candidates, catalog, today);
    const summary: StoredRecords = {
      stored: records.length,
      repeated: fresh.repeated,
      faults: faults.map(({ place, row }) => ({ place, fault: row.fault, column: row.column })),
      changed: fresh.changed,
    };
    if (dryRun) return summary;
    await lockBalances(tx, [...new Set(records.map(({ row }) => row.accountId))]);
    await insertKeys(tx, source, fresh.records);
    await insertRecords(
      tx,
      records.map(({ row }) => row),
    );
    await insertFaults(
      tx,
      faults.map(({ row }) => row),
    );
    const mended = records.flatMap(({ faultId }) => (faultId === null ? [] : [faultId]));
    await closeFaults(tx, mended, "mended", null, actorLabel(tx.actor));
    if (fresh.records.length > 0) {
      const { stored, repeated, changed } = summary;
      const after = { stored, repeated, faults: faults.length, changed: changed.length };
      await record(tx, { audit: [{ action: "usage.store", entity: "usage", entityId: source, after }] });
    }
    return summary;
  });
}

/** The earliest and the latest moment of a batch, compared as numbers: a day costs a calendar each. */
function spanOf(batch: readonly TakenRecord[]): Date[] {
  const times = batch.flatMap(({ read }) => (read ? [read.occurredAt.getTime()] : []));
  return times.length === 0 ? [] : [new Date(Math.min(...times)), new Date(Math.max(...times))];
}

interface Fresh {
  readonly place: number;
  readonly taken: TakenRecord;
  /** Of the same record in the bin, which it replaces. */
  readonly faultId: string | null;
}

/** What is new in the batch; the first of two with one id counts. */
async function sortOut(tx: Context, source: string, batch: readonly TakenRecord[]) {
  const known = new Map(
    (
      await rowsOf<{ record_id: string; digest: string; fault_id: string | null }>(
        tx,
        sql`
        select k.record_id, k.digest, f.id as fault_id
        from metered_keys k left join usage_faults f on f.source = k.source and f.record_id = k.record_id and f.state = 'open'
        where k.source = ${source} and k.record_id = ${anyOf(
          batch.map((one) => one.recordId),
          "text",
        )}`,
      )
    ).map((row) => [row.record_id, row]),
  );
  const seen = new Map<string, string>();
  const records: Fresh[] = [];
  const changed: number[] = [];
  let repeated = 0;
  for (const [place, taken] of batch.entries()) {
    const before = known.get(taken.recordId);
    const digest = seen.get(taken.recordId) ?? before?.digest;
    if (digest === taken.digest) {
      seen.set(taken.recordId, digest);
      repeated += 1;
    } else if (seen.has(taken.recordId) || (before && before.fault_id === null)) changed.push(place);
    else {
      seen.set(taken.recordId, taken.digest);
      records.push({ place, taken, faultId: before?.fault_id ?? null });
    }
  }
  return { records, repeated, changed };
}

function identifiersOf(records: readonly Fresh[]) {
  const wanted = new Map(
    records.flatMap(({ taken: { read } }) =>
      read
        ? [[candidateKey(read.identifierKind, read.identifier), { kind: read.identifierKind, value: read.identifier }]]
        : [],
    ),
  );
  return [...wanted.values()];
}

function judge(
  fresh: readonly Fresh[],
  source: string,
  candidates: ReadonlyMap<string, readonly Candidate[]>,
  catalog: Catalog,
  today: Day,
) {
  const records: { row: NewRecord; faultId: string | null }[] = [];
  const faults: { place: number; row: NewFault }[] = [];
  for (const { place, taken, faultId } of fresh) {
    const { recordId, raw, label, read, partly } = taken;
    const verdict = read
      ? classifyRecord(read, candidates.get(candidateKey(read.identifierKind, read.identifier)) ?? [], catalog, today)
      : ({ kind: "fault", fault: "malformed" } as const);
    if (verdict.kind === "taken" && read) {
      const { accountId, subscriptionId } = verdict;
      const { occurredAt, meter, units } = read;
      records.push({ row: { accountId, subscriptionId, occurredAt, source, recordId, meter, units, label }, faultId });
    } else if (verdict.kind === "fault") {
      const { column = null, ...understood } = partly ?? { column: null };
      const what = { ...NOTHING_READ, ...understood, ...read };
      faults.push({ place, row: { ...faultFields(what), source, recordId, fault: verdict.fault, column, raw, label } });
    }
  }
  return { records, faults };
}

const NOTHING_READ = {
  identifierKind: null,
  identifier: null,
  occurredAt: null,
  meter: null,
  measure: null,
  units: null,
};

type Understood = { [K in keyof typeof NOTHING_READ]: UsageRecord[K] | null };

function faultFields({ identifierKind, identifier, occurredAt, meter, measure, units }: Understood): Understood {
  return { identifierKind, identifier, occurredAt, meter, measure, units };
}

async function insertKeys(tx: Context, source: string, records: readonly Fresh[]): Promise<void> {
  if (records.length === 0) return;
  await tx.db.execute(sql`
    insert into metered_keys (source, record_id, digest)
    select ${source}, k.record_id, k.digest
    from ${tableOf(records, {
      record_id: ["text", ({ taken }) => taken.recordId],
      digest: ["text", ({ taken }) => taken.digest],
    })} k
    on conflict (source, record_id) do update set digest = excluded.digest`);
}
