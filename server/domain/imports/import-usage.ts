import { imports } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { type Fault, storeRecords, type TakenRecord } from "@/server/domain/metering";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import type { UsageFault } from "./constants";
import { fileFault } from "./errors";
import type { SourceFile } from "./ports";
import { type UsageTrouble, usageColumnsOf, usageReader } from "./rules/read-usage-row";
import { requireColumns } from "./scan-file";
import type { UsageMapping } from "./schema";

/** Why a record was not taken: it went to the bin, or it is refused because it says something else than it did. */
export type UsageReason = Exclude<Fault, "malformed"> | UsageFault | "changed" | "row_malformed" | "number_absurd";

export interface UsageProblem {
  readonly line: number;
  readonly recordId: string | null;
  readonly column: string | null;
  readonly reason: UsageReason;
  readonly value: string | null;
}

export interface UsageReport {
  readonly outcome: "stored" | "unchanged" | "dry_run";
  /** Null when nothing was written. */
  readonly importId: string | null;
  readonly source: string;
  readonly title: { readonly ru: string; readonly en: string };
  readonly file: {
    readonly name: string;
    readonly sha256: string;
    readonly encoding: string;
    readonly separator: string;
  };
  /** stored + repeated + binned + changed + skipped + unreadable. */
  readonly rows: number;
  readonly stored: number;
  readonly repeated: number;
  readonly binned: number;
  readonly changed: number;
  /** Not usage, by the mapping. */
  readonly skipped: number;
  readonly unreadable: number;
  /** How often, the most frequent first. */
  readonly reasons: readonly { readonly reason: UsageReason; readonly count: number }[];
  /** By line; the first ten thousand, the rest is in the bin. */
  readonly problems: readonly UsageProblem[];
  readonly ignoredColumns: readonly string[];
}

export interface UsageProgress {
  readonly done: number;
}

export interface UsageRequest {
  readonly file: SourceFile;
  readonly mapping: UsageMapping;
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: UsageProgress) => void;
}

/** Records in one transaction: more gain nothing and hold the accounts' money for longer. */
const CHUNK = 5_000;
const MOST_TOLD = 10_000;

/**
 * Takes a file of usage in, record by record, in chunks of a transaction each; memory does not grow with the file. Whatever
 * cannot be charged goes to the bin whole, so a bad record stops nobody. A file that was cut off, or is a longer copy of
 * yesterday's, is simply taken again: what was taken is repeated and changes nothing.
 *
 * What makes the file unreadable throws `invalid` (`import.<fault>`). A dry run says what would become of each record.
 */
export async function importUsage(ctx: Context, request: UsageRequest): Promise<UsageReport> {
  requirePermission(ctx, "usage:store");
  assertInvariant(!ctx.inTransaction, "import.inside_transaction");
  const { file, mapping, dryRun = false } = request;
  const columns = usageColumnsOf(mapping);
  requireColumns(columns, file.header);
  const tally = await takeAll(ctx, request);
  if (tally.rows === 0) throw fileFault("no_rows");
  const wrote = !dryRun && tally.stored + tally.binned > 0;
  const taken = new Set(columns.map(({ column }) => column));
  const report: UsageReport = {
    outcome: dryRun ? "dry_run" : wrote ? "stored" : "unchanged",
    importId: wrote ? ctx.newId() : null,
    source: mapping.source,
    title: mapping.title,
    file: { name: file.name, sha256: file.sha256, encoding: file.encoding, separator: file.separator },
    ...tally.counts(),
    problems: tally.problems.toSorted((a, b) => a.line - b.line),
    ignoredColumns: file.header.filter((column) => !taken.has(column)),
  };
  if (report.importId) await remember(ctx, report, report.importId);
  return report;
}

interface Waiting {
  readonly line: number;
  readonly taken: TakenRecord;
  readonly trouble: UsageTrouble | null;
}

async function takeAll(ctx: Context, { file, mapping, dryRun = false, onProgress }: UsageRequest): Promise<Tally> {
  const reader = usageReader({ mapping, header: file.header, zone: ctx.zone });
  const tally = new Tally();
  /** In a dry run nothing is written, so what an earlier chunk said has to be remembered. */
  const seen = new Map<string, string>();
  let chunk: Waiting[] = [];
  const flush = async () => {
    const batch = chunk;
    chunk = [];
    const known = dryRun ? batch.filter(({ taken }) => seen.has(taken.recordId)) : [];
    const fresh = dryRun ? batch.filter(({ taken }) => !seen.has(taken.recordId)) : batch;
    tally.repeatedInFile(known, seen);
    const said = await storeRecords(
      ctx,
      fresh.map(({ taken }) => taken),
      { source: mapping.source, dryRun },
    );
    if (dryRun) for (const { taken } of fresh) if (!seen.has(taken.recordId)) seen.set(taken.recordId, taken.digest);
    tally.add(fresh, said);
    onProgress?.({ done: tally.rows });
  };
  for await (const sourceRecord of file.records()) {
    const reading = reader.read(sourceRecord);
    if (reading.kind === "record") {
      chunk.push({ line: sourceRecord.line, taken: reading.taken, trouble: reading.trouble });
      if (chunk.length >= CHUNK) await flush();
    } else tally.leave(reading.kind, sourceRecord.line);
  }
  await flush();
  return tally;
}

/** What became of every record, and why. */
class Tally {
  rows = 0;
  stored = 0;
  binned = 0;
  readonly problems: UsageProblem[] = [];
  private repeated = 0;
  private changed = 0;
  private skipped = 0;
  private unreadable = 0;
  private readonly reasons = new Map<UsageReason, number>();

  counts() {
    const { rows, stored, repeated, binned, changed, skipped, unreadable } = this;
    const reasons = [...this.reasons]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
    return { rows, stored, repeated, binned, changed, skipped, unreadable, reasons };
  }

  leave(kind: "skipped" | "unreadable", line: number): void {
    this.rows += 1;
    if (kind === "skipped") this.skipped += 1;
    else {
      this.unreadable += 1;
      this.tell({ line, recordId: null, column: null, reason: "row_malformed", value: null });
    }
  }

  repeatedInFile(batch: readonly Waiting[], seen: ReadonlyMap<string, string>): void {
    for (const waiting of batch) {
      this.rows += 1;
      if (seen.get(waiting.taken.recordId) === waiting.taken.digest) this.repeated += 1;
      else this.refuse(waiting);
    }
  }

  add(batch: readonly Waiting[], said: Awaited<ReturnType<typeof storeRecords>>): void {
    this.rows += batch.length;
    this.stored += said.stored;
    this.repeated += said.repeated;
    this.binned += said.faults.length;
    for (const place of said.changed) {
      const waiting = batch[place];
      if (waiting) this.refuse(waiting);
    }
    for (const { place, fault } of said.faults) {
      const waiting = batch[place];
      if (!waiting) continue;
      const { line, taken, trouble } = waiting;
      const reason = trouble?.fault ?? (fault === "malformed" ? "number_absurd" : fault);
      const { column = null, value = null } = trouble ?? {};
      this.tell({ line, recordId: taken.recordId, column, reason, value });
    }
  }

  private refuse({ line, taken }: Waiting): void {
    this.changed += 1;
    this.tell({ line, recordId: taken.recordId, column: null, reason: "changed", value: null });
  }

  private tell(problem: UsageProblem): void {
    this.reasons.set(problem.reason, (this.reasons.get(problem.reason) ?? 0) + 1);
    if (this.problems.length < MOST_TOLD) this.problems.push(problem);
  }
}

/** The report is kept, without the records: those are in the bin. */
async function remember(ctx: Context, { problems: _told, ...kept }: UsageReport, importId: string): Promise<void> {
  requirePermission(ctx, "usage:store");
  const { file, source, rows, stored, repeated, binned, changed } = kept;
  await withTransaction(ctx, async (tx) => {
    await tx.db.insert(imports).values({
      id: importId,
      source: `usage:${source}`,
      fileName: file.name,
      fileSha256: file.sha256,
      report: kept,
      finishedAt: tx.now(),
    });
    const told = { source, file: file.name, rows, stored, repeated, binned, changed };
    await record(tx, {
      audit: [{ action: "usage.import", entity: "import", entityId: importId, after: told }],
      events: [{ type: "import.finished", accountId: null, payload: { importId, ...told } }],
    });
  });
}
