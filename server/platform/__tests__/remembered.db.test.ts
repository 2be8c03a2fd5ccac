import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readAccount } from "@/server/domain/crm";
import { readBalance } from "@/server/domain/ledger";
import { listSubscriptions } from "@/server/domain/subscriptions";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import type { Context } from "../context";
import { remembered, withSnapshot } from "../snapshot";
import { withTransaction } from "../transaction";

let database: TestDatabase;
let world: World;
let [anna, boris]: Subscriber[] = [];
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-22");
  anna = await world.subscriber({});
  boris = await world.subscriber({});
});
afterAll(() => database.close());

/** Counts how often a question was really asked. */
function counter() {
  let asked = 0;
  return (ctx: Context, question = "count") => remembered(ctx, [question], async () => ++asked);
}

const bothOf = () => {
  if (!anna || !boris) throw new Error("nobody");
  return [anna, boris] as const;
};

describe("what a snapshot remembers", () => {
  test("is asked once by one actor, and each question has its own answer", async () => {
    const ask = counter();
    await withSnapshot(world.ctx, async (snapshot) => {
      expect(await Promise.all([ask(snapshot), ask(snapshot), ask({ ...snapshot })])).toEqual([1, 1, 1]);
      expect(await withSnapshot(snapshot, (inner) => ask(inner))).toBe(1);
      expect(await ask(snapshot, "another")).toBe(2);
    });
  });

  test("is gone with it: the next request of the same actor asks anew, and so does one at the same moment", async () => {
    const ask = counter();
    const look = () => withSnapshot(world.ctx, (snapshot) => ask(snapshot));
    expect([await look(), await look()]).toEqual([1, 2]);
    expect((await Promise.all([look(), look()])).sort()).toEqual([3, 4]);
  });

  test("reaches no other actor, though they look through the same snapshot", async () => {
    const ask = counter();
    const [one, other] = bothOf();
    const { actor } = world.asSubscriber(other.customerId);
    await withSnapshot(world.asSubscriber(one.customerId), async (snapshot) => {
      expect(await ask(snapshot)).toBe(1);
      expect(await ask({ ...snapshot, actor })).toBe(2);
      expect(await ask(snapshot)).toBe(1);
    });
  });

  test("is nothing where things may change: outside a snapshot and in a transaction that writes", async () => {
    const ask = counter();
    expect([await ask(world.ctx), await ask(world.ctx)]).toEqual([1, 2]);
    await withTransaction(world.ctx, async (tx) => {
      expect([await ask(tx), await withSnapshot(tx, (inner) => ask(inner))]).toEqual([3, 4]);
    });
  });
});

test("an account that one actor was shown stays closed to another in the same snapshot, whichever verb is asked", async () => {
  const [one, other] = bothOf();
  const { actor } = world.asSubscriber(other.customerId);
  await withSnapshot(world.asSubscriber(one.customerId), async (snapshot) => {
    const stranger = { ...snapshot, actor };
    for (const read of [
      (ctx: Context) => readAccount(ctx, one.accountId),
      (ctx: Context) => readBalance(ctx, one.accountId),
      (ctx: Context) => listSubscriptions(ctx, [one.accountId]),
    ]) {
      await read(snapshot);
      await expect(read(stranger)).rejects.toMatchObject({ kind: "not_found" });
      await read(snapshot);
    }
    await expect(
      readAccount({ ...snapshot, actor: { kind: "anonymous", address: null } }, one.accountId),
    ).rejects.toMatchObject({
      kind: "unauthenticated",
    });
  });
});

test("a refusal is remembered as a refusal, and does not shut out what the actor may see", async () => {
  const [one, other] = bothOf();
  await withSnapshot(world.asSubscriber(one.customerId), async (snapshot) => {
    for (const _time of [1, 2]) {
      await expect(readBalance(snapshot, other.accountId)).rejects.toMatchObject({ kind: "not_found" });
      expect(await readBalance(snapshot, one.accountId)).toBe(0n);
    }
  });
});
