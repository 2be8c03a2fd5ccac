import postgres from "postgres";
import { openDatabase } from "@/db/open-database";
import { billAccounts } from "@/server/domain/runs";
import { addDays, addMonths, type Day, startOfDay, toDay } from "@/server/kernel/day";
import { chunksOf } from "@/server/platform/chunks";
import { createContext } from "@/server/platform/context";
import { dealOut, openLane } from "./lanes";
import { type BenchOptions, type BenchResult, ratios } from "./report";
import { type Scratch, scratchDatabase } from "./scratch";
import { seedAccounts, ZONE } from "./seed-accounts";
import { median, rounded } from "./statistics";

const DEFAULT_ACCOUNTS = 50_000;
/** As the daily charge of the worker takes them. */
const CHUNK = 2_000;
const WORKERS = 2;
const FIRST_MONTH = toDay("2026-02-01");
/** What the slow way is tried on; its rate does not depend on how many more there are. */
const NAIVE_SAMPLE = 1_000;
const NAIVE_IN_FLIGHT = 12;

interface Run {
  readonly perSecond: number;
  readonly diskBytes: number;
  readonly walBytes: number;
}

/**
 * One month of charges for every account: the product's own `billAccounts` in two processes, then the same rows into the
 * same tables by bare SQL over two connections, then one account a call. Each takes a month of its own, so none finds
 * more rows in its partitions than another.
 */
export async function billingRun(options: BenchOptions): Promise<BenchResult> {
  const accounts = options.accounts ?? DEFAULT_ACCOUNTS;
  const scratch = await scratchDatabase();
  options.defer(scratch.close);
  options.say(`seeding ${accounts} accounts`);
  await scratch.owner`select make_partitions(${addMonths(FIRST_MONTH, -2)}::date, ${addMonths(FIRST_MONTH, options.rounds * 3 + 1)}::date)`;
  await seedAccounts(scratch.owner, accounts, addMonths(FIRST_MONTH, -1));
  const rows = await scratch.owner<{ id: string }[]>`select id from accounts order by id`;
  const chunks = chunksOf(
    rows.map((row) => row.id),
    CHUNK,
  );
  const lanes = await Promise.all(Array.from({ length: WORKERS }, () => openLane(scratch.urls.app)));
  for (const lane of lanes) options.defer(lane.close);
  const bare = Array.from({ length: WORKERS }, () => postgres(scratch.urls.app, { max: 1, onnotice: () => {} }));
  options.defer(() => Promise.all(bare.map((sql) => sql.end({ timeout: 5 }))));

  const [ours, limit, naive]: [Run[], Run[], number[]] = [[], [], []];
  let peakRssMiB = 0;
  for (let round = 0; round < options.rounds; round += 1) {
    const month = (way: number) => addMonths(FIRST_MONTH, round * 3 + way);
    ours.push(
      await timed(scratch, month(0), accounts, async () => {
        const peaks = new Map<unknown, number>();
        let charged = 0;
        await dealOut(lanes, chunks, async (lane, accountIds) => {
          const answer = await lane.bill({ accountIds, atMs: startOfDay(month(0), ZONE).getTime() + 1_200_000 });
          charged += answer.charged;
          peaks.set(lane, answer.peakRssMiB);
        });
        if (charged !== accounts) throw new Error(`${charged} of ${accounts} accounts were charged`);
        peakRssMiB = [...peaks.values()].reduce((sum, one) => sum + one, 0);
      }),
    );
    limit.push(
      await timed(scratch, month(1), accounts, () =>
        dealOut(bare, chunks, (sql, ids) => writeBare(sql, ids, month(1))),
      ),
    );
    naive.push(await oneByOne(scratch, chunks.flat().slice(0, NAIVE_SAMPLE), month(2)));
    options.say(
      `round ${round + 1}: ours ${rounded(ours[round]?.perSecond ?? 0)}, limit ${rounded(limit[round]?.perSecond ?? 0)}, naive ${rounded(naive[round] ?? 0)} accounts/s`,
    );
  }
  const figures = (runs: readonly Run[]) => ({
    perSecond: rounded(median(runs.map((run) => run.perSecond))),
    diskBytesPerAccountMonth: rounded(median(runs.map((run) => run.diskBytes)) / accounts),
    walBytesPerAccountMonth: rounded(median(runs.map((run) => run.walBytes)) / accounts),
  });
  const [oursFigures, limitFigures, naiveFigures] = [
    figures(ours),
    figures(limit),
    { perSecond: rounded(median(naive)), sample: Math.min(NAIVE_SAMPLE, accounts), inFlight: NAIVE_IN_FLIGHT },
  ];
  return {
    name: "billing-run",
    scale: accounts,
    ours: { ...oursFigures, workers: WORKERS, chunk: CHUNK },
    limit: { ...limitFigures, workers: WORKERS, chunk: CHUNK },
    naive: naiveFigures,
    ...ratios(oursFigures, limitFigures, naiveFigures),
    peakRssMiB: rounded(peakRssMiB),
    seed: options.seed,
    rounds: options.rounds,
    notes: [
      "perSecond is accounts a second; peakRssMiB is both charging processes together",
      "naive is billAccounts of one account a call, on a sample, by rate",
    ],
  };
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
  const [after] = await owner<{ wal: string; disk: string }[]>`
    select pg_current_wal_lsn() - ${before?.lsn ?? ""}::pg_lsn as wal,
           (select sum(pg_total_relation_size(c.oid)) from pg_class c
            where c.relname in (${`transfers_${suffix}`}, ${`charges_${suffix}`}, ${`events_${suffix}`}, ${`audit_log_${suffix}`})) as disk`;
  return { perSecond: accounts / seconds, diskBytes: Number(after?.disk ?? 0), walBytes: Number(after?.wal ?? 0) };
}

/** The rows that charging writes, by set-based SQL alone: a charge, its two transfers and the balance of each account. */
async function writeBare(sql: postgres.Sql, accountIds: readonly string[], month: Day): Promise<void> {
  const [ids, end] = [`{${accountIds.join(",")}}`, addMonths(month, 1)];
  await sql.begin(async (tx) => {
    await tx`
      insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                           period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
      select s.account_id, s.id, ${month}::date, 'recurring', ${end}::date, ${month}::date, ${end}::date, ${end}::date - ${month}::date,
             ${end}::date - ${month}::date, ${month}::date, s.tariff_id, p.version, p.fee_minor, p.fee_minor, 22, p.fee_minor * 22 / 122
      from subscriptions s join tariff_prices p on p.tariff_id = s.tariff_id
      where s.account_id = any(${ids}::uuid[])`;
    await tx`
      insert into transfers (account_id, booked_on, number, debit, credit, amount_minor, currency, kind, occurred_at, subject_id, period_start)
      select s.account_id, ${month}::date, b.version + leg.number, 'customer', leg.credit,
             case leg.number when 1 then p.fee_minor - p.fee_minor * 22 / 122 else p.fee_minor * 22 / 122 end,
             b.currency, leg.kind, now(), s.id, ${month}::date
      from subscriptions s
      join tariff_prices p on p.tariff_id = s.tariff_id
      join account_balances b on b.account_id = s.account_id
      cross join (values (1, 'revenue:internet', 'charge'), (2, 'vat:22', 'charge_vat')) as leg(number, credit, kind)
      where s.account_id = any(${ids}::uuid[])`;
    await tx`
      update account_balances b set balance_minor = b.balance_minor - p.fee_minor, version = b.version + 2, updated_at = now()
      from subscriptions s join tariff_prices p on p.tariff_id = s.tariff_id
      where s.account_id = b.account_id and b.account_id = any(${ids}::uuid[])`;
  });
}

/** Accounts a second when each is a call and a transaction of its own. */
async function oneByOne({ urls }: Scratch, accountIds: readonly string[], month: Day): Promise<number> {
  const database = openDatabase(urls.app, { max: NAIVE_IN_FLIGHT, name: "uzel bench naive" });
  const now = new Date(startOfDay(addDays(month, 0), ZONE).getTime() + 1_200_000);
  const ctx = createContext({ db: database.db, actor: { kind: "job", name: "bench" }, zone: ZONE, now: () => now });
  const since = performance.now();
  await dealOut(
    Array.from({ length: NAIVE_IN_FLIGHT }, () => ctx),
    accountIds,
    (own, accountId) => billAccounts(own, { accountIds: [accountId] }),
  );
  const seconds = (performance.now() - since) / 1000;
  await database.close();
  return accountIds.length / seconds;
}
