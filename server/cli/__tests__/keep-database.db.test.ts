import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished, vi } from "vitest";
import { urlsFor } from "@/db/connections";
import { acquireEmbedded } from "@/db/embedded";
import { clusterFiles, findPostmaster } from "@/db/embedded/cluster-files";
import { isAlive } from "@/db/embedded/processes";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { TEST_ROLE_KEY } from "@/db/testing/template";
import { keepDatabase } from "@/server/cli/keep-database";
import { childEnvironment } from "@/server/env";
import { readHealth } from "@/server/platform/health";

/** Making, killing and recovering servers is mostly disk, which others may be using. */
const PATIENCE_MS = 180_000;

/** A server of this test's own. */
async function ownServer() {
  const dir = mkdtempSync(join(tmpdir(), "uzel-kept-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const ownerPassword = randomBytes(16).toString("hex");
  const start = async () => {
    const server = await acquireEmbedded({ dir, ownerPassword, database: "uzel", durable: false });
    onTestFinished(server.release);
    return server;
  };
  return { server: await start(), start, dir };
}

/** The same, migrated and kept running, with a pool like the web's and a real worker on it. */
async function keptHouse() {
  const { server } = await ownServer();
  const urls = urlsFor(server.url, TEST_ROLE_KEY, {});
  await migrateDatabase(urls);
  const web = openDatabase(urls.app, { max: 4, name: "uzel web" });
  onTestFinished(web.close);
  keepWorker(urls.app);
  const keeper = keepDatabase(server);
  onTestFinished(keeper.stop);
  return { server, web };
}

/** The worker's process, started again whenever it ends: what its supervisor does. */
function keepWorker(databaseUrl: string): void {
  let child: ChildProcess | null = null;
  const start = () => {
    child = fork(join(import.meta.dirname, "../../jobs/worker.ts"), [], {
      execArgv: ["--import", "tsx"],
      env: childEnvironment({ DATABASE_URL: undefined, DATABASE_APP_URL: databaseUrl, LOG_LEVEL: "silent" }),
      stdio: "ignore",
    });
    child.once("exit", start);
  };
  start();
  onTestFinished(async () => {
    child?.off("exit", start);
    const ended = child && once(child, "exit");
    child?.kill("SIGKILL");
    await ended;
  });
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition().catch(() => false))) await pause(100);
}

it(
  "a database that is killed -9 is started again; the pool and the worker find it by themselves",
  async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => {});
    onTestFinished(() => said.mockRestore());
    const { server, web } = await keptHouse();
    const owed = () => web.db.execute(sql`select 1 from graphile_worker.jobs where task_identifier = 'prove_ledger'`);
    await until(async () => (await readHealth(web)).worker.alive === 1);

    process.kill(server.pid, "SIGKILL");
    while (isAlive(server.pid)) await pause(10);

    await until(async () => (await readHealth(web)).worker.alive === 1);
    expect(said).toHaveBeenCalledWith("The database had ended: started again.");
    await web.db.execute(sql`select graphile_worker.add_job('prove_ledger')`);
    await until(async () => (await owed()).length === 0);
  },
  PATIENCE_MS,
);

it(
  "what was under way when the database died fails once, and nothing after it",
  async () => {
    const { server, dir } = await ownServer();
    const { db, close } = openDatabase(server.url, { max: 10 });
    onTestFinished(close);
    const question = (at: number, seconds: number) => sql`select ${at}::int as at, pg_sleep(${seconds})`;
    const page = (seconds: number) =>
      Promise.allSettled(
        Array.from({ length: 30 }, (_, at) => {
          if (at % 3 === 0) return db.execute(question(at, seconds));
          return db.transaction(async (tx) => {
            await tx.execute(question(at, 0));
            if (at % 3 === 1) await tx.execute(question(at, seconds));
            else await tx.transaction((inner) => inner.execute(question(at, seconds)));
          });
        }),
      );
    const failures = (answers: PromiseSettledResult<unknown>[]) =>
      answers.filter((one) => one.status === "rejected").length;
    expect(failures(await page(0))).toBe(0);
    for (let round = 0; round < 2; round += 1) {
      const underWay = page(0.3);
      await pause(100);
      const pid = findPostmaster(clusterFiles(dir))?.pid ?? 0;
      process.kill(pid, "SIGKILL");
      while (isAlive(pid)) await pause(10);
      expect(failures(await underWay)).toBeGreaterThan(0);
      await server.revive();
      expect(failures(await page(0))).toBe(0);
    }
  },
  PATIENCE_MS,
);

it("a database that everybody has left is not started again", async () => {
  const { server, start } = await ownServer();
  await server.release();
  expect(await server.revive()).toBe(false);
  expect((await start()).started).toBe(true);
});
