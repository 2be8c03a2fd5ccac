import { type ChildProcess, spawn } from "node:child_process";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createService, readServices } from "@/server/domain/provisioning";
import { childEnvironment } from "@/server/env";
import { releaseDeadWorkers } from "@/server/jobs/dead-workers";
import { jobContext } from "@/server/jobs/job-context";
import { type RunningWorker, startWorker } from "@/server/jobs/start-worker";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let tariffId: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, new Date().toISOString().slice(0, 10));
  tariffId = await world.tariff({ feeMinor: 600_00n });
});
afterAll(() => database.close());

async function subscriberWithService(): Promise<Subscriber> {
  const subscriber = await world.subscriber({ tariffId });
  await createService(world.ctx, {
    accountId: subscriber.accountId,
    subscriptionId: subscriber.subscriptionId,
    login: `login-${subscriber.accountNumber}`,
  });
  return subscriber;
}

const serviceOf = async ({ accountId }: Subscriber) => (await readServices(world.ctx, { accountId }))[0];

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400; turn += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never happened: ${what}`);
}

const isState = (subscriber: Subscriber, state: string) => async () => {
  const service = await serviceOf(subscriber);
  return service?.desired.state === state && service.actual?.state === state;
};

const unfinishedJobs = async () =>
  Number((await rowsOf<{ n: string }>(world.ctx, sql`select count(*) as n from graphile_worker._private_jobs`))[0]?.n);

test("too little money walls the service, a payment brings it back, and the queue is empty after", async () => {
  const worker = await startWorker(database.appUrl, { cron: false });
  const anna = await subscriberWithService();
  await until("walled", isState(anna, "walled"));
  await world.pay(anna.accountId, 1_000_00n);
  await until("active", isState(anna, "active"));
  await until("queue empty", async () => (await unfinishedJobs()) === 0);
  await worker.stop();
});

test("a worker killed between posting and activation: another finishes its jobs within seconds", async () => {
  const boris = await subscriberWithService();
  const first = await startWorker(database.appUrl, { cron: false });
  await until("walled", isState(boris, "walled"));
  await first.stop();

  // The balance row is locked by us, so the killed worker dies in the middle of settling.
  const victim = spawnWorker();
  let next: RunningWorker | null = null;
  try {
    await database.ownerSql.begin(async (hold) => {
      await world.pay(boris.accountId, 1_000_00n);
      await hold`select 1 from account_balances where account_id = ${boris.accountId} for update`;
      await until("the victim holds the job", async () => {
        const held = await rowsOf(
          world.ctx,
          sql`select 1 from graphile_worker._private_jobs where locked_by is not null`,
        );
        return held.length > 0;
      });
      victim.kill("SIGKILL");
    });
    expect((await serviceOf(boris))?.desired.state).toBe("walled");
    next = await startWorker(database.appUrl, { cron: false });
    await until("active", isState(boris, "active"));
    expect(
      await rowsOf(world.ctx, sql`select 1 from charges where account_id = ${boris.accountId}`),
      "charged once",
    ).toHaveLength(1);
  } finally {
    victim.kill("SIGKILL");
    await next?.stop();
  }
});

test("the jobs of a worker that is alive are left to it, however long they take", async () => {
  const vera = await subscriberWithService();
  const worker = await startWorker(database.appUrl, { cron: false });
  await until("walled", isState(vera, "walled"));
  // Nothing of the workers before it is left to be set free.
  await until("queue empty", async () => (await unfinishedJobs()) === 0);
  await database.ownerSql.begin(async (hold) => {
    await world.pay(vera.accountId, 1_000_00n);
    await hold`select 1 from account_balances where account_id = ${vera.accountId} for update`;
    const holder = async () =>
      (
        await rowsOf<{ locked_by: string }>(
          world.ctx,
          sql`select locked_by from graphile_worker._private_jobs where locked_by is not null`,
        )
      )[0]?.locked_by;
    await until("the job is held", async () => (await holder()) !== undefined);
    await database.ownerSql`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'`;
    expect(await releaseDeadWorkers(database.sql)).toEqual([]);
  });
  await until("active", isState(vera, "active"));
  await until("queue empty", async () => (await unfinishedJobs()) === 0);
  await worker.stop();
});

function spawnWorker(): ChildProcess {
  const environment = childEnvironment({ DATABASE_APP_URL: database.appUrl, LOG_LEVEL: "error" });
  return spawn(process.execPath, ["--import", "tsx", "server/jobs/worker.ts"], { env: environment, stdio: "inherit" });
}

test("a job's context is an actor of its own", () => {
  expect(jobContext(database.db, "settle_account").actor).toEqual({ kind: "job", name: "settle_account" });
});
