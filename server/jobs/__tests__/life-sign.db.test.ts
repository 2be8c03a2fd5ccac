import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { WORKER_LOCK_CLASS } from "@/server/platform/health";
import { startWorker } from "../start-worker";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const holders = async () =>
  (
    await database.ownerSql<{ pid: number }[]>`
      select pid from pg_locks where locktype = 'advisory' and classid = ${WORKER_LOCK_CLASS}::oid and granted
        and database = (select oid from pg_database where datname = current_database())`
  ).map((row) => row.pid);

test("a worker whose connection is cut is soon known to be alive again, and gives one sign, however often it looks", async () => {
  const worker = await startWorker(database.appUrl, { cron: false });
  const first = await vi.waitFor(async () => {
    const [pid] = await holders();
    if (!pid) throw new Error("no life sign");
    return pid;
  });
  await database.ownerSql`select pg_terminate_backend(${first})`;
  await vi.waitFor(
    async () => {
      const pids = await holders();
      expect(pids).toHaveLength(1);
      expect(pids).not.toContain(first);
    },
    { timeout: 10_000, interval: 100 },
  );
  await worker.stop();
  expect(await holders()).toEqual([]);
});
