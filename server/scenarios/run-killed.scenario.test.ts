import { type ChildProcess, fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { type TestDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { proveLedger } from "@/server/domain/ledger";
import { approveRun, closeRun, openRun, previewRun, readRun, startRun } from "@/server/domain/runs";
import { childEnvironment } from "@/server/env";
import { workRunChunk } from "@/server/jobs/work-run";
import { rowsOf } from "@/server/platform/rows";
import { canonicalDump, countersOf } from "./canonical-dump";
import { dice, drawnOperator } from "./drawn-operator";
import type { World } from "./world";

const ACCOUNTS = 240;
const CHUNK = 4;
/** Of the run that nobody interrupts: what comes of it must not depend on how the accounts are cut. */
const CALM_CHUNK = 53;
const LANES = 3;
/** October is over and has documents; November lasts, and a run of it opens and lifts blocks. Three lanes, seven times over, are 21 kills. */
const MONTHS = [
  { period: "2026-10", rounds: 5 },
  { period: "2026-11", rounds: 2 },
] as const;
/** New every time and printed with the test's name; a seed that fails is added here. */
const SEEDS = [randomInt(2 ** 31)];

async function startMonth(world: World, period: string, chunkSize: number): Promise<string> {
  const [author, second] = [world.asStaff("billing_operator"), world.asStaff("admin")];
  const { runId } = await openRun(author, { period, chunkSize });
  await previewRun(author, { runId });
  while (await workRunChunk(world.ctx, "preview_run", runId));
  await approveRun(second, { runId });
  await startRun(author, { runId });
  return runId;
}

/** A run from its opening to its end, by one worker that nobody disturbs. */
async function wholeRun(world: World, period: string, chunkSize = CALM_CHUNK): Promise<string> {
  const runId = await startMonth(world, period, chunkSize);
  while (await workRunChunk(world.ctx, "charge_run", runId));
  return runId;
}

/** Numbers that a series has passed over or given twice. */
async function countGaps(world: World): Promise<number> {
  const rows = await rowsOf<{ gap: string }>(
    world.ctx,
    sql`
    select n.last_number - count(distinct i.number) as gap
    from number_series n left join invoices i on i.series_id = n.id group by n.id, n.last_number`,
  );
  return rows.reduce((sum, row) => sum + Math.abs(Number(row.gap)), 0);
}

/** Byte for byte; where not, the lines that one of the two lacks are told. */
function expectSame(got: readonly string[], expected: readonly string[], told: string): void {
  if (got.join("\n") === expected.join("\n")) return;
  const [has, had] = [new Set(got), new Set(expected)];
  expect({ new: got.filter((line) => !had.has(line)), gone: expected.filter((line) => !has.has(line)) }, told).toEqual(
    "the same dump",
  );
}

async function openLane(database: TestDatabase, world: World, runId: string): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "run-lane.fixture.ts"), [runId, String(world.ctx.now().getTime())], {
    execArgv: ["--import", "tsx"],
    env: childEnvironment({ DATABASE_URL: undefined, DATABASE_APP_URL: database.appUrl }),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

const openLanes = (database: TestDatabase, world: World, runId: string) =>
  Promise.all(Array.from({ length: LANES }, () => openLane(database, world, runId)));

/** Lets a lane go and kills it −9 a random moment after a random chunk; says whether it was still at work. */
async function killSomewhere(lane: ChildProcess, roll: (below: number) => number): Promise<boolean> {
  const ended = once(lane, "exit");
  const [chunks, afterMs] = [roll(3), roll(60)];
  lane.send("go");
  let done = 0;
  if (chunks > 0) {
    await new Promise<void>((resolve) => {
      lane.on("message", () => {
        done += 1;
        if (done === chunks) resolve();
      });
      void ended.then(() => resolve());
    });
  }
  // Not to wait for anything, but to fall anywhere inside the next chunk.
  await pause(afterMs);
  lane.kill("SIGKILL");
  const [, signal] = (await ended) as [number | null, string | null];
  return signal === "SIGKILL";
}

async function letGo(lane: ChildProcess): Promise<void> {
  const ended = once(lane, "exit");
  lane.send("go");
  await ended;
}

interface CutRun {
  readonly runId: string;
  readonly killed: number;
  readonly halfway: Awaited<ReturnType<typeof readRun>>;
}

/** The same run with three workers racing, killed so many rounds over and then left to end. */
async function cutRun(
  database: TestDatabase,
  world: World,
  month: (typeof MONTHS)[number],
  roll: (below: number) => number,
): Promise<CutRun> {
  const runId = await startMonth(world, month.period, CHUNK);
  let killed = 0;
  for (let round = 0; round < month.rounds; round += 1) {
    const lanes = await openLanes(database, world, runId);
    killed += (await Promise.all(lanes.map((lane) => killSomewhere(lane, roll)))).filter(Boolean).length;
  }
  const halfway = await readRun(world.ctx, { runId });
  await Promise.all((await openLanes(database, world, runId)).map(letGo));
  return { runId, killed, halfway };
}

test.each(SEEDS)(
  "seed %i: a run killed −9 at 21 random points, three workers racing, leaves what an uninterrupted one does",
  { timeout: 600_000 },
  async (seed) => {
    const told = `seed ${seed}`;
    const [whole, cut] = [await testDatabaseForThisTest(), await testDatabaseForThisTest()];
    const [calm, rough] = [await drawnOperator(whole, seed, ACCOUNTS), await drawnOperator(cut, seed, ACCOUNTS)];
    // The same story on both sides, or nothing below says anything.
    expectSame(await canonicalDump(rough), await canonicalDump(calm), told);
    const roll = dice(seed + 1);

    for (const month of MONTHS) {
      const calmRun = await wholeRun(calm, month.period);
      const { runId, killed, halfway } = await cutRun(cut, rough, month, roll);
      expect(killed, told).toBe(LANES * month.rounds);
      // The kills fell into the work, not before or after it.
      expect(halfway.state, told).toBe("running");
      expect(halfway.charging?.progress.doneAccounts, told).toBeGreaterThan(0);

      const [expected, got] = [await canonicalDump(calm), await canonicalDump(rough)];
      expect(expected.length).toBeGreaterThan(ACCOUNTS * 3);
      expectSame(got, expected, told);
      expect(await countersOf(rough, runId), told).toEqual(await countersOf(calm, calmRun));
      expect(await countGaps(rough)).toBe(0);
      expect(await proveLedger(rough.ctx)).toMatchObject({ proven: true, differing: 0 });
      if (month.period !== "2026-10") continue;

      const closed = [
        await closeRun(calm.asStaff("admin"), { runId: calmRun }),
        await closeRun(rough.asStaff("admin"), { runId }),
      ] as const;
      expect(closed[1]).toEqual(closed[0]);
      expect(closed[0].charged + closed[0].refused + closed[0].skipped + closed[0].parked).toBe(ACCOUNTS);
      expect(closed[0].documentsMinor).toBeGreaterThan(0n);
    }
    await expectEverything(rough);

    // Once more over both months: nothing is added.
    const after = await canonicalDump(rough);
    for (const { period } of MONTHS) {
      await wholeRun(rough, period);
      expectSame(await canonicalDump(rough), after, told);
    }
  },
);

/** What the drawn operator is for has come about: otherwise two equal dumps would prove less than they seem to. */
async function expectEverything(world: World): Promise<void> {
  const [made] = await rowsOf<Record<string, string>>(
    world.ctx,
    sql`
    select (select count(*) from charges where kind = 'usage' and amount_minor > 0) as usage,
           (select count(*) from charges where detail -> 'discounts' @> '[{"source":"bundle"}]') as bundled,
           (select count(*) from charges where detail -> 'discounts' @> '[{"source":"personal"}]') as discounted,
           (select count(*) from charges where due_on is not null) as postpaid,
           (select count(*) from charges where term > 0) as changed,
           (select count(*) from subscription_changes where state = 'applied') as applied,
           (select count(*) from adjustments) as given_back,
           (select count(*) from blocks where reason = 'voluntary') as paused,
           (select count(*) from blocks where reason = 'administrative' and subscription_id is not null) as one_closed,
           (select count(*) from blocks where reason = 'financial') as closed_for_money`,
  );
  expect(Object.entries(made ?? {}).filter(([, count]) => Number(count) === 0)).toEqual([]);
}
