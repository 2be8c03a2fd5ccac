import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/db";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { createContext } from "../context";
import { type EventRow, subscribeToAccount } from "../outbox";
import { record } from "../record";
import { withTransaction } from "../transaction";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const context = (db = database.db) =>
  createContext({ db, actor: { kind: "job", name: "test" }, zone: "Europe/Moscow" });
const event = (accountId: string, n: number) => ({ type: "payment.started" as const, accountId, payload: { n } });

/** Listens, waits until the reader has its first mark, then lets `write` happen and collects `count` events. */
async function collect(accountId: string, count: number, write: () => Promise<void>): Promise<EventRow[]> {
  const stop = new AbortController();
  const seen: EventRow[] = [];
  const reading = (async () => {
    for await (const row of subscribeToAccount(database.db, accountId, stop.signal)) {
      seen.push(row);
      if (seen.length === count) stop.abort();
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 400));
  await write();
  await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 5_000))]);
  stop.abort();
  await reading;
  return seen;
}

test("a listener is told of its own account's events, once each, in order", async () => {
  const ctx = context();
  const [mine, other] = [ctx.newId(), ctx.newId()];
  const seen = await collect(mine, 3, async () => {
    for (const n of [1, 2, 3]) await record(ctx, { events: [event(mine, n), event(other, n)] });
    await new Promise((resolve) => setTimeout(resolve, 700));
  });
  expect(seen.map((row) => row.payload.n)).toEqual([1, 2, 3]);
});

test("an event whose transaction commits after a later one is told all the same", async () => {
  const ctx = context();
  const mine = ctx.newId();
  const second = openDatabase(database.appUrl, { max: 1 });
  const seen = await collect(mine, 2, async () => {
    let commit: () => void = () => undefined;
    const hold = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const slow = withTransaction(context(second.db), async (tx) => {
      await record(tx, { events: [event(mine, 1)] });
      await hold;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await record(ctx, { events: [event(mine, 2)] });
    await new Promise((resolve) => setTimeout(resolve, 800));
    commit();
    await slow;
  });
  await second.close();
  expect(seen.map((row) => row.payload.n)).toEqual([2, 1]);
});

test("an event of a transaction that rolled back is never told", async () => {
  const ctx = context();
  const mine = ctx.newId();
  const seen = await collect(mine, 1, async () => {
    await expect(
      withTransaction(ctx, async (tx) => {
        await record(tx, { events: [event(mine, 1)] });
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await record(ctx, { events: [event(mine, 2)] });
  });
  expect(seen.map((row) => row.payload.n)).toEqual([2]);
});

test("a transaction that tells more than one read holds does not keep the reader from what comes after it", async () => {
  const ctx = context();
  const [mine, crowd] = [ctx.newId(), ctx.newId()];
  const seen = await collect(mine, 2, async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => event(n === 4_999 ? mine : crowd, n));
    await record(ctx, { events: many });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await record(ctx, { events: [event(mine, 5_000)] });
  });
  expect(seen.map((row) => row.payload.n)).toEqual([4_999, 5_000]);
});
