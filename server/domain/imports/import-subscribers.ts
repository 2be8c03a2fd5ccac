import { sql } from "drizzle-orm";
import { imports } from "@/db/schema";
import { setUpOperator } from "@/server/domain/crm";
import { requirePermission } from "@/server/domain/identity";
import { type LedgerProof, proveLedger } from "@/server/domain/ledger";
import { addMonths, type Day, dayIn, earlierDay, laterDay, monthStart } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import { periodHolding } from "@/server/kernel/period";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { type Classified, classifyRows } from "./classify-rows";
import type { Total } from "./constants";
import { fileFault } from "./errors";
import type { SourceFile } from "./ports";
import { type KnownTariffs, publishMissing, readTariffs } from "./read-tariffs";
import { readTotals } from "./read-totals";
import { type RowProblem, type RowReader, rowReader } from "./rules/read-row";
import { columnsOf } from "./rules/row-hash";
import { differing, NO_TOTALS, sumOf, type Totals, withRow } from "./rules/totals";
import { requireColumns, type Scan, scanFile } from "./scan-file";
import { ImportOptions, type Mapping } from "./schema";
import { type WritePlan, writeRows } from "./write-rows";

/** `unchanged`: the file holds nothing new. Only `imported` has written anything. */
export type ImportOutcome = "imported" | "unchanged" | "dry_run" | "refused";
export type Refusal = "rows_rejected" | "totals_differ" | "ledger_not_proven";

export interface ImportReport {
  readonly outcome: ImportOutcome;
  readonly refusal: Refusal | null;
  /** Null unless something was written. */
  readonly importId: string | null;
  readonly source: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly file: {
    readonly name: string;
    readonly sha256: string;
    readonly encoding: string;
    readonly separator: string;
  };
  readonly asOf: Day;
  /** When charging begins for whoever was there before; null when history or the mapping says that this period is ours. */
  readonly billedFrom: Day | null;
  readonly rows: number;
  readonly imported: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Everything wrong with every refused row, by line. */
  readonly problems: readonly RowProblem[];
  readonly totals: { readonly source: Totals; readonly ours: Totals; readonly reconciled: readonly Total[] };
  /** Of the rows written now; empty or nothing was written. */
  readonly differing: readonly Total[];
  readonly ledger: LedgerProof;
  readonly ignoredColumns: readonly string[];
}

export interface ImportProgress {
  readonly stage: "read" | "write" | "prove";
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
}

export interface ImportRequest {
  readonly file: SourceFile;
  readonly mapping: Mapping;
  readonly options?: ImportOptions;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Accounts and months of history in one chunk: what bounds memory, however long the file. */
const CHUNK_ROWS = 1_000;
const CHUNK_MONTHS = 8_000;

/**
 * Takes on the subscribers of a file: all of them in one transaction, or none. The file is read twice, first to understand
 * every row, then to write; memory does not grow with it. A row that was imported before and says the same is left alone.
 *
 * Nothing is written when a row is refused (unless `acceptRejects`), when a sum of the file does not come out the same in
 * the database, when the ledger does not prove, or in a dry run, which does everything and takes it back. Such ends are
 * told in the report; what makes the file unreadable throws `invalid` (`import.<fault>`).
 */
export async function importSubscribers(ctx: Context, request: ImportRequest): Promise<ImportReport> {
  requirePermission(ctx, "import:run");
  assertInvariant(!ctx.inTransaction, "import.inside_transaction");
  const options = ImportOptions.parse(request.options ?? {});
  const { file, mapping, onProgress = () => undefined } = request;
  const asOf = dayOf(ctx, options.asOf);
  requireColumns(columnsOf(mapping), file.header);
  const tariffs = await readTariffs(ctx, mapping);
  const reader = rowReader({ mapping, header: file.header, asOf, tariffNames: tariffs.names, ...tariffs });
  const scan = await scanFile(file, reader, mapping, (done) => onProgress({ stage: "read", done, total: null }));
  // A transaction of its own: making a month locks the book for everyone, and an empty month is no data.
  if (scan.good.size > 0) await makeMonths(ctx, asOf, scan.earliest);
  const work = { ...request, options, asOf, reader, scan, tariffs, onProgress };
  try {
    return await withTransaction(ctx, async (tx) => {
      const report = await run(tx, work);
      if (report.outcome !== "imported") throw new TakenBack(report);
      return report;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.report;
    throw error;
  }
}

/** Rolls the transaction back and carries the report out of it. */
class TakenBack extends Error {
  constructor(readonly report: ImportReport) {
    super("taken back");
  }
}

function dayOf(ctx: Context, given: Day | null): Day {
  const today = dayIn(ctx.now(), ctx.zone);
  if (given && given > today) throw fileFault("as_of_in_future", { asOf: given });
  return given ?? today;
}

async function makeMonths(ctx: Context, asOf: Day, earliest: Day | null): Promise<void> {
  const last = laterDay(asOf, dayIn(ctx.now(), ctx.zone));
  for (let from = earlierDay(monthStart(asOf), earliest ?? asOf); from <= last; from = addMonths(from, 12)) {
    await ensurePartitions(ctx, from, earlierDay(last, addMonths(from, 11)));
  }
}

interface Work extends ImportRequest {
  readonly options: ReturnType<typeof ImportOptions.parse>;
  readonly asOf: Day;
  readonly reader: RowReader;
  readonly scan: Scan;
  readonly tariffs: KnownTariffs;
  readonly onProgress: (progress: ImportProgress) => void;
}

async function run(tx: Context, work: Work): Promise<ImportReport> {
  const { file, mapping, options, asOf, scan } = work;
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtext(${`import ${mapping.source}`}))`);
  const classified = await classifyRows(tx, mapping, scan.good);
  const problems = [...scan.problems, ...classified.problems].sort((a, b) => a.line - b.line);
  const rejected = new Set(problems.map((problem) => problem.line)).size;
  const refusedRows = rejected > 0 && !options.acceptRejects;
  const importId = tx.newId();
  const source = await writeFresh(tx, work, classified, importId, !refusedRows && classified.fresh.size > 0);
  work.onProgress({ stage: "prove", done: scan.rows, total: scan.rows });
  const ours = {
    fresh: refusedRows ? NO_TOTALS : await readTotals(tx, mapping.source, [...classified.fresh], asOf),
    unchanged: await readTotals(tx, mapping.source, [...classified.unchanged], asOf),
  };
  const ledger = await proveLedger(tx);
  const differs = refusedRows ? [] : differing(mapping.reconcile, source.fresh, ours.fresh);
  const refusal = refusedRows
    ? "rows_rejected"
    : differs.length > 0
      ? "totals_differ"
      : ledger.proven
        ? null
        : "ledger_not_proven";
  const outcome = refusal
    ? "refused"
    : options.dryRun
      ? "dry_run"
      : classified.fresh.size > 0
        ? "imported"
        : "unchanged";
  const taken = new Set(columnsOf(mapping).map(({ column }) => column));
  const report: ImportReport = {
    outcome,
    refusal,
    importId: outcome === "imported" ? importId : null,
    source: mapping.source,
    title: mapping.title,
    file: { name: file.name, sha256: file.sha256, encoding: file.encoding, separator: file.separator },
    asOf,
    billedFrom: billedFromOf(mapping, asOf),
    rows: scan.rows,
    imported: refusal ? 0 : classified.fresh.size,
    unchanged: classified.unchanged.size,
    rejected,
    problems,
    totals: {
      source: sumOf(source.fresh, source.unchanged),
      ours: sumOf(ours.fresh, ours.unchanged),
      reconciled: mapping.reconcile,
    },
    differing: differs,
    ledger,
    ignoredColumns: file.header.filter((column) => !taken.has(column)),
  };
  if (outcome === "imported") await remember(tx, report, importId);
  return report;
}

/** Accounts of an import begin their periods on the 1st. */
function billedFromOf(mapping: Mapping, asOf: Day): Day | null {
  return mapping.history || mapping.charging === "this_period" ? null : periodHolding(asOf, 1).end;
}

/** The second reading: what the file says of its good rows, and with `write` the new ones of them into the database. */
async function writeFresh(tx: Context, work: Work, classified: Classified, importId: string, write: boolean) {
  const { file, mapping, options, asOf, reader, scan, tariffs, onProgress } = work;
  if (write) await setUpOperator(tx, { name: options.operatorName, zone: tx.zone });
  const plan: WritePlan = {
    source: mapping.source,
    importId,
    asOf,
    tariffIds: write ? await publishMissing(tx, mapping, scan.tariffCodes) : new Map(),
    internetCodes: tariffs.internetCodes,
    billedFrom: billedFromOf(mapping, asOf),
  };
  const totals = { fresh: NO_TOTALS, unchanged: NO_TOTALS };
  let chunk: Parameters<typeof writeRows>[2][number][] = [];
  let months = 0;
  let done = 0;
  const flush = async () => {
    if (write) {
      await writeRows(tx, plan, chunk);
      done += chunk.length;
      onProgress({ stage: "write", done, total: classified.fresh.size });
    }
    chunk = [];
    months = 0;
  };
  for await (const sourceRecord of file.records()) {
    const { row } = reader.read(sourceRecord);
    // A repeat of an id is refused, and only the line that was kept is the row.
    if (!row || scan.good.get(row.externalId)?.line !== row.line) continue;
    if (classified.unchanged.has(row.externalId)) totals.unchanged = withRow(totals.unchanged, row);
    if (!classified.fresh.has(row.externalId)) continue;
    totals.fresh = withRow(totals.fresh, row);
    chunk.push(row);
    months += row.history.periods.length;
    if (chunk.length >= CHUNK_ROWS || months >= CHUNK_MONTHS) await flush();
  }
  if (chunk.length > 0) await flush();
  return totals;
}

/** The report is kept with the import: what the file said, what became of it, what was refused and why. */
async function remember(tx: Context, report: ImportReport, importId: string): Promise<void> {
  const { file, source, rows, imported, rejected, asOf } = report;
  const kept = JSON.parse(
    JSON.stringify(report, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value)),
  );
  await tx.db.insert(imports).values({
    id: importId,
    source,
    fileName: file.name,
    fileSha256: file.sha256,
    report: kept,
    finishedAt: tx.now(),
  });
  const told = { source, file: file.name, asOf, rows, imported, rejected };
  await record(tx, {
    audit: [{ action: "import.run", entity: "import", entityId: importId, after: told }],
    events: [{ type: "import.finished", accountId: null, payload: { importId, ...told } }],
  });
}
