import postgres from "postgres";
import { expect, test } from "vitest";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { readHealth, WORKER_LOCK_CLASS } from "../health";

test("a fresh database is current, and shows each worker for as long as it lives", async () => {
  const database = await testDatabaseForThisTest();
  expect(await readHealth(database)).toMatchObject({
    migrations: { current: true },
    worker: { alive: 0, waitingJobs: 0 },
  });
  const worker = postgres(database.appUrl, { max: 1 });
  await worker`select pg_advisory_lock(${WORKER_LOCK_CLASS}, 1)`;
  expect((await readHealth(database)).worker.alive).toBe(1);
  await worker.end();
  expect((await readHealth(database)).worker.alive).toBe(0);
});

test("a schema that lacks a migration is not current", async () => {
  const database = await testDatabaseForThisTest();
  await database.ownerSql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
  expect((await readHealth(database)).migrations.current).toBe(false);
});

test("a job that nobody takes shows how long it has waited", async () => {
  const database = await testDatabaseForThisTest();
  await database.sql`select graphile_worker.add_job('settle_account', run_at := now() - interval '90 seconds')`;
  const { worker } = await readHealth(database);
  expect(worker.waitingJobs).toBe(1);
  expect(worker.oldestDueSeconds).toBeGreaterThanOrEqual(90);
});
