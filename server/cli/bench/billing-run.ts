import postgres from "postgres";
import { openDatabase } from "@/db/open-database";
import { LANES_PER_PROCESS } from "@/server/cli/billing-lanes";
import { issueInvoices } from "@/server/domain/invoices";
import { approveRun, billAccounts, closeRun, openRun, previewRun, readRun, startRun } from "@/server/domain/runs";
import type { RunTask } from "@/server/jobs/work-run";
import { addMonths, type Day, dayIn, monthStart, startOfDay, toDay } from "@/server/kernel/day";
import { chunksOf } from "@/server/platform/chunks";
import { type Context, createContext } from "@/server/platform/context";
import { writeBare } from "./bare-run";
import { dealOut, type Lane, openLane } from "./lanes";
import { type BenchOptions, type BenchResult, ratios } from "./report";
import { type Scratch, scratchDatabase } from "./scratch";
import { isInMinus, seedAccounts, ZONE } from "./seed-accounts";
import { median, rounded } from "./statistics";

const DEFAULT_ACCOUNTS = 50_000;
/** Accounts in a chunk of the bare way; ours has the product's own. */
const CHUNK = 5_000;
/** As many connections as the limit is highest with on two processors. */
const BARE_WORKERS = 2;
const OPENED_ON = toDay("2018-01-01");
/** The limit and the naive way have months that no run of ours looks at. */
const [LIMIT_MONTH, NAIVE_MONTH] = [toDay("2021-01-01"), toDay("2019-01-01")];
/** What the slow way is tried on; its rate does not depend on how many more there are. */
const NAIVE_SAMPLE = 1_000;
const NAIVE_IN_FLIGHT = 12;

/** What a month's run leaves on disk: its money and documents, and what says that it was done. */
const MONTHLY = ["transfers", "charges", "invoices", "invoice_lines"];
const LOGS = ["events", "audit_log"];

interface Run {
  readonly perSecond: number;
  readonly charges: number;
  readonly diskBytes: number;
  readonly walBytes: number;
}

/**
 * Month after month of charges and documents for every account: the product's own run, opened, previewed, approved and charged by
 * a process of three workers; the same number of rows into the same tables by bare SQL over two connections; and one account a call.
 * Each way takes months of its own, so none finds more rows in its partitions than another.
 */
export async function billingRun(options: BenchOptions): Promise<BenchResult> {
  const accounts = options.accounts ?? DEFAULT_ACCOUNTS;
  const scratch = await scratchDatabase();
  options.defer(scratch.close);
  options.say(`seeding ${accounts} accounts`);
  const today = dayIn(new Date(), ZONE);
  const first = addMonths(monthStart(today), -options.rounds);
  for (const month of [first, LIMIT_MONTH, NAIVE_MONTH])
    await scratch.owner`select make_partitions(${addMonths(month, -1)}::date, ${addMonths(month, options.rounds + 1)}::date)`;
  await seedAccounts(scratch.owner, accounts, OPENED_ON);
  const ids = (await scratch.owner<{ id: string }[]>`select id from accounts order by id`).map((row) => row.id);
  const chunks = chunksOf(ids, CHUNK);
  const sample = ids.filter((_, at) => !isInMinus(at + 1)).slice(0, NAIVE_SAMPLE);
  const lanes = [await openLane(scratch.urls.app)];
  for (const lane of lanes) options.defer(lane.close);
  const bare = Array.from({ length: BARE_WORKERS }, () => postgres(scratch.urls.app, { max: 1, onnotice: () => {} }));
  options.defer(() => Promise.all(bare.map((sql) => sql.end({ timeout: 5 }))));
  const desk = openDatabase(scratch.urls.app, { max: 1, name: "uzel bench desk" });
  options.defer(desk.close);
  // The actor of `npm run billing`, who may approve.
  const ctx = createContext({ db: desk.db, actor: { kind: "job", name: "billing" }, zone: ZONE });

  const [ours, limit, naive, previews]: [Run[], Run[], number[], number[]] = [[], [], [], []];
  let peakRssMiB = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const month = addMonths(first, round);
    const { runId } = await openRun(ctx, { period: month.slice(0, 7) });
    const previewed = performance.now();
    await previewRun(ctx, { runId });
    await workAll(lanes, "preview_run", runId);
    previews.push((performance.now() - previewed) / 1000);
    await approveRun(ctx, { runId });
    ours.push(
      await timed(scratch, month, accounts, async () => {
        await startRun(ctx, { runId });
        peakRssMiB = await workAll(lanes, "charge_run", runId);
      }),
    );
    await requireWhole(ctx, runId, accounts);
    const bareMonth = addMonths(LIMIT_MONTH, round);
    limit.push(
      await timed(scratch, bareMonth, accounts, () =>
        dealOut(bare, chunks, (sql, chunk) => writeBare(sql, chunk, bareMonth)),
      ),
    );
    naive.push(await oneByOne(scratch, sample, addMonths(NAIVE_MONTH, round)));
    options.say(
      `month ${round + 1}: ours ${rounded(ours[round]?.perSecond ?? 0)}, limit ${rounded(limit[round]?.perSecond ?? 0)}, naive ${rounded(naive[round] ?? 0)} accounts/s`,
    );
  }
  const figures = (runs: readonly Run[]) => ({
    perSecond: rounded(median(runs.map((run) => run.perSecond))),
    charges: median(runs.map((run) => run.charges)),
    diskBytesPerAccountMonth: rounded(median(runs.map((run) => run.diskBytes)) / accounts),
    walBytesPerAccountMonth: rounded(median(runs.map((run) => run.walBytes)) / accounts),
  });
  const [oursFigures, limitFigures, naiveFigures] = [
    figures(ours),
    figures(limit),
    { perSecond: rounded(median(naive)), sample: Math.min(NAIVE_SAMPLE, accounts), inFlight: NAIVE_IN_FLIGHT },
  ];
  const rate = (at: number) => ours.at(at)?.perSecond ?? 0;
  return {
    name: "billing-run",
    scale: accounts,
    ours: {
      ...oursFigures,
      workers: LANES_PER_PROCESS,
      lastMonthToFirst: rounded(rate(-1) / rate(0), 3),
      previewToRun: rounded(median(previews) / (accounts / oursFigures.perSecond), 3),
    },
    limit: { ...limitFigures, workers: BARE_WORKERS, chunk: CHUNK },
    naive: naiveFigures,
    ...ratios(oursFigures, limitFigures, naiveFigures),
    peakRssMiB: rounded(peakRssMiB),
    seed: options.seed,
    rounds: options.rounds,
    notes: [
      "perSecond is accounts a second; a round is a month; peakRssMiB is the charging process, in which all its workers are",
      "1.3 subscriptions an account: by the month, the anniversary, the day and afterwards; one account in twenty is in minus",
      "a run charges and issues the month's documents; the limit writes as many charges, transfers, balances, invoices and lines",
      "naive is billAccounts and issueInvoices of one account a call, on a sample, by rate",
    ],
  };
}

/** Lets every lane work until the run has nothing to take; their peak memory together. */
async function workAll(lanes: readonly Lane[], task: RunTask, runId: string): Promise<number> {
  const answers = await Promise.all(lanes.map((lane) => lane.work({ task, runId })));
  return answers.reduce((sum, answer) => sum + answer.peakRssMiB, 0);
}

/** The run has gone over every account, parked none, and closes: its charges are the book's transfers. */
async function requireWhole(ctx: Context, runId: string, accounts: number): Promise<void> {
  const { state, charging } = await readRun(ctx, { runId });
  if (state !== "finished" || charging?.totals.parked !== 0)
    throw new Error(`the run is ${state} with ${charging?.totals.parked} accounts parked`);
  const { charged, refused, skipped } = charging.totals;
  if (charged + refused + skipped !== accounts) throw new Error("the run left accounts out");
  await closeRun(ctx, { runId });
}

/** Runs one month between a checkpoint and the measuring of what it left on disk. */
async function timed({ owner }: Scratch, month: Day, accounts: number, work: () => Promise<unknown>): Promise<Run> {
  await owner.unsafe("vacuum account_balances");
  await owner.unsafe("checkpoint");
  const [before] = await owner<{ lsn: string }[]>`select pg_current_wal_lsn()::text as lsn`;
  const since = performance.now();
  await work();
  const seconds = (performance.now() - since) / 1000;
  const suffix = month.slice(0, 7).replace("-", "_");
  const [after] = await owner<{ wal: string; disk: string; charges: string }[]>`
    select pg_current_wal_lsn() - ${before?.lsn ?? ""}::pg_lsn as wal,
           (select sum(pg_total_relation_size(c.oid)) from pg_class c
            where c.relname in ${owner([...MONTHLY, ...LOGS].map((table) => `${table}_${suffix}`))}) as disk,
           (select count(*) from charges where period_start >= ${month}::date and period_start < ${addMonths(month, 1)}::date) as charges`;
  return {
    perSecond: accounts / seconds,
    charges: Number(after?.charges ?? 0),
    diskBytes: Number(after?.disk ?? 0),
    walBytes: Number(after?.wal ?? 0),
  };
}

/** Accounts a second when each is charged and documented by calls and transactions of its own. */
async function oneByOne({ urls }: Scratch, accountIds: readonly string[], month: Day): Promise<number> {
  const database = openDatabase(urls.app, { max: NAIVE_IN_FLIGHT, name: "uzel bench naive" });
  const at = (day: Day): Context => {
    const now = new Date(startOfDay(day, ZONE).getTime() + 1_200_000);
    return createContext({ db: database.db, actor: { kind: "job", name: "bench" }, zone: ZONE, now: () => now });
  };
  const [within, over] = [at(month), at(addMonths(month, 1))];
  const since = performance.now();
  await dealOut(
    Array.from({ length: NAIVE_IN_FLIGHT }, () => null),
    accountIds,
    async (_, accountId) => {
      await billAccounts(within, { accountIds: [accountId] });
      await issueInvoices(over, { month: month.slice(0, 7), accountIds: [accountId] });
    },
  );
  const seconds = (performance.now() - since) / 1000;
  await database.close();
  return accountIds.length / seconds;
}
