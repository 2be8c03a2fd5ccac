import { sql } from "drizzle-orm";
import { requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { withSnapshot } from "@/server/platform/snapshot";
import type { RunFinding, RunKind, RunStage, RunState } from "./constants";
import { isMonthOver } from "./load-run";
import { type Change, largestChanges } from "./rules/chunk-tally";
import { progressOf, type RunProgress } from "./rules/run-progress";
import { RunInput } from "./schema";

export interface RunTotals {
  readonly charged: number;
  readonly refused: number;
  readonly skipped: number;
  readonly parked: number;
  readonly lines: number;
  readonly chargedMinor: Minor;
  readonly creditedMinor: Minor;
  /** Of a preview: the month as it would be, and the month before, of the same accounts. */
  readonly monthMinor: Minor;
  readonly lastMinor: Minor;
}

export interface StageReading {
  readonly totals: RunTotals;
  readonly progress: RunProgress;
  /** Accounts left alone, by reason. */
  readonly skippedFor: Readonly<Record<string, number>>;
}

export interface RunFacts {
  readonly id: string;
  readonly entityName: string;
  readonly periodStart: Day;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly asOf: Day;
  readonly openedBy: string;
  /** Null when a job or the console opened it. */
  readonly openedByName: string | null;
  readonly openedAt: Date;
  readonly previewedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly closedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly failure: string | null;
}

export interface ShownChange extends Change {
  readonly accountNumber: string;
  readonly customerName: string;
}

export interface RunReading extends RunFacts {
  /** Until then it cannot be closed: documents are made of months that are over. */
  readonly isMonthOver: boolean;
  /** Null before it was begun. */
  readonly preview: StageReading | null;
  readonly charging: StageReading | null;
  /** How many accounts a person may look at, by stage, finding and reason. */
  readonly findings: readonly { stage: RunStage; finding: RunFinding; reason: string; accounts: number }[];
  readonly changes: readonly ShownChange[];
}

interface FactsRow extends Record<string, unknown> {
  id: string;
  entity_name: string;
  period_start: Day;
  kind: RunKind;
  state: RunState;
  as_of: Day;
  opened_by: string;
  opened_by_name: string | null;
  opened_at: string;
  previewed_at: string | null;
  approved_by: string | null;
  approved_by_name: string | null;
  approved_at: string | null;
  started_at: string | null;
  resumed_at: string | null;
  finished_at: string | null;
  closed_at: string | null;
  cancelled_at: string | null;
  failure: string | null;
}

/** The run's row with the names of those who acted; what `where` narrows. */
export function selectRuns(where: ReturnType<typeof sql>) {
  return sql`
    select r.*, e.name as entity_name, o.display_name as opened_by_name, p.display_name as approved_by_name
    from billing_runs r join legal_entities e on e.id = r.legal_entity_id
    left join users o on r.opened_by = 'user:' || o.id
    left join users p on r.approved_by = 'user:' || p.id
    where ${where}`;
}

const instantOf = (text: string | null) => (text === null ? null : new Date(text));

export function factsOf(row: FactsRow): RunFacts {
  return {
    id: row.id,
    entityName: row.entity_name,
    periodStart: row.period_start,
    kind: row.kind,
    state: row.state,
    asOf: row.as_of,
    openedBy: row.opened_by,
    openedByName: row.opened_by_name,
    openedAt: new Date(row.opened_at),
    previewedAt: instantOf(row.previewed_at),
    approvedBy: row.approved_by,
    approvedByName: row.approved_by_name,
    approvedAt: instantOf(row.approved_at),
    startedAt: instantOf(row.started_at),
    finishedAt: instantOf(row.finished_at),
    closedAt: instantOf(row.closed_at),
    cancelledAt: instantOf(row.cancelled_at),
    failure: row.failure,
  };
}

/** A run as it stands: who did what, how far it is, what it found. Throws `not_found` (`run.not_found`). */
export async function readRun(ctx: Context, raw: RunInput): Promise<RunReading> {
  requirePermission(ctx, "run:read");
  const { runId } = RunInput.parse(raw);
  return withSnapshot(ctx, async (snapshot) => {
    const [row] = await rowsOf<FactsRow>(snapshot, selectRuns(sql`r.id = ${runId}`));
    if (!row) throw new DomainError("not_found", "run.not_found");
    const [stages, findings, changes] = await Promise.all([
      readStages(snapshot, runId, row.resumed_at),
      rowsOf<{ stage: RunStage; finding: RunFinding; reason: string; accounts: string }>(
        snapshot,
        sql`
        select stage, finding, reason, count(*) as accounts from billing_run_accounts where run_id = ${runId}
        group by stage, finding, reason order by count(*) desc, reason`,
      ),
      readChanges(snapshot, runId),
    ]);
    return {
      ...factsOf(row),
      isMonthOver: isMonthOver(row.period_start, ctx),
      preview: stages.get("preview") ?? null,
      charging: stages.get("charge") ?? null,
      findings: findings.map((one) => ({ ...one, accounts: Number(one.accounts) })),
      changes,
    };
  });
}

async function readStages(ctx: Context, runId: string, resumedAt: string | null): Promise<Map<RunStage, StageReading>> {
  const rows = await rowsOf<Record<string, string> & { stage: RunStage; skipped_for: Record<string, number>[] }>(
    ctx,
    sql`
    select stage, sum(accounts) as accounts, coalesce(sum(accounts) filter (where is_done), 0) as done,
           coalesce(sum(accounts) filter (where done_at >= ${resumedAt}::timestamptz), 0) as done_in_stretch,
           max(done_at) as last_done_at, sum(charged) as charged, sum(refused) as refused, sum(skipped) as skipped,
           sum(parked) as parked, sum(lines) as lines, sum(charged_minor) as charged_minor, sum(credited_minor) as credited_minor,
           sum(month_minor) as month_minor, sum(last_minor) as last_minor,
           coalesce(jsonb_agg(skipped_for) filter (where skipped_for <> '{}'), '[]') as skipped_for
    from billing_run_chunks where run_id = ${runId} group by stage`,
  );
  return new Map(
    rows.map((row) => {
      const [accounts, doneAccounts] = [Number(row.accounts), Number(row.done)];
      const until = doneAccounts === accounts && row.last_done_at ? new Date(row.last_done_at) : ctx.now();
      return [
        row.stage,
        {
          totals: {
            charged: Number(row.charged),
            refused: Number(row.refused),
            skipped: Number(row.skipped),
            parked: Number(row.parked),
            lines: Number(row.lines),
            chargedMinor: BigInt(row.charged_minor ?? 0),
            creditedMinor: BigInt(row.credited_minor ?? 0),
            monthMinor: BigInt(row.month_minor ?? 0),
            lastMinor: BigInt(row.last_minor ?? 0),
          },
          progress: progressOf({
            accounts,
            doneAccounts,
            doneInStretch: Number(row.done_in_stretch),
            stretchMs: resumedAt ? until.getTime() - new Date(resumedAt).getTime() : 0,
          }),
          skippedFor: addUp(row.skipped_for),
        },
      ];
    }),
  );
}

function addUp(counts: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const one of counts) {
    for (const [reason, accounts] of Object.entries(one)) total[reason] = (total[reason] ?? 0) + accounts;
  }
  return total;
}

/** The largest of all chunks' largest changes, with whose they are. */
async function readChanges(ctx: Context, runId: string): Promise<ShownChange[]> {
  const rows = await rowsOf<{ changes: { accountId: string; monthMinor: string; lastMinor: string }[] }>(
    ctx,
    sql`
    select changes from billing_run_chunks
    where run_id = ${runId} and stage = 'preview' and is_done and jsonb_array_length(changes) > 0`,
  );
  const largest = largestChanges(
    rows.flatMap((row) =>
      row.changes.map((change) => ({
        accountId: change.accountId,
        monthMinor: BigInt(change.monthMinor),
        lastMinor: BigInt(change.lastMinor),
      })),
    ),
  );
  if (largest.length === 0) return [];
  const names = await rowsOf<{ id: string; number: string; name: string }>(
    ctx,
    sql`
    select a.id, a.number, c.name from accounts a join customers c on c.id = a.customer_id
    where a.id = ${anyOf(
      largest.map((change) => change.accountId),
      "uuid",
    )}`,
  );
  const byId = new Map(names.map((row) => [row.id, row]));
  return largest.map((change) => ({
    ...change,
    accountNumber: byId.get(change.accountId)?.number ?? "",
    customerName: byId.get(change.accountId)?.name ?? "",
  }));
}
