import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/db";
import { openDatabase } from "@/db/open-database";
import { type TestDatabase, testDatabase } from "@/db/testing/database";

/** A pool whose connections somebody else cuts, one at a time. */
describe("a pool that lost a connection", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await database.ownerSql`create table scratch (word text)`;
    await database.ownerSql`grant all on scratch to uzel_app`;
  });
  afterAll(() => database.close());

  const cut = async (tx: Db) => {
    const [me] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await database.sql`select pg_terminate_backend(${me?.pid ?? 0})`;
  };
  const written = async () => (await database.sql`select word from scratch`).map((row) => row.word);

  it("lets what its other connections do end, refuses what was not sent, and answers from then on", async () => {
    const pool = openDatabase(database.appUrl, { max: 2 });
    const begun = Promise.withResolvers<void>();
    const slow = pool.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      begun.resolve();
      return tx.execute(sql`select 'slow' as word, pg_sleep(0.5)`);
    });
    const broken = pool.db.transaction(async (tx) => {
      await begun.promise;
      await cut(tx);
      await tx.execute(sql`select 1`);
    });
    const waiting = [1, 2, 3].map((at) => pool.db.transaction((tx) => tx.execute(sql`select ${at}::int`)));
    await expect(broken).rejects.toThrow();
    for (const one of waiting) await expect(one).rejects.toThrow();
    expect(await pool.db.execute(sql`select 'fresh' as word`)).toMatchObject([{ word: "fresh" }]);
    expect(await slow).toMatchObject([{ word: "slow" }]);
    await pool.close();
  });

  it("writes nothing for work that goes on after its connection is gone", async () => {
    const pool = openDatabase(database.appUrl, { max: 2 });
    const late = Promise.withResolvers<unknown>();
    const begun = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const other = pool.db.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      await begun.promise;
      await cut(tx);
      first.resolve();
      await tx.execute(sql`select 1`);
    });
    const broken = pool.db.transaction(async (tx) => {
      await tx.execute(sql`insert into scratch values ('before')`);
      begun.resolve();
      await first.promise;
      await cut(tx);
      await pause(100);
      await tx.execute(sql`insert into scratch values ('after')`).then(late.resolve, late.reject);
    });
    await expect(other).rejects.toThrow();
    await expect(broken).rejects.toThrow();
    await expect(late.promise).rejects.toThrow();
    await pool.close();
    expect(await written()).toEqual([]);
  });

  it("answers or refuses all it was asked when it is closed", async () => {
    const pool = openDatabase(database.appUrl, { max: 1 });
    const asked = Array.from({ length: 5 }, () => pool.db.transaction((tx) => tx.execute(sql`select pg_sleep(0.05)`)));
    await pause(20);
    await pool.close();
    expect((await Promise.allSettled(asked)).length).toBe(5);
  });
});
