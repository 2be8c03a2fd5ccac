import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readBalance } from "@/server/domain/ledger";
import { createWorld, type World } from "@/server/scenarios/world";
import { withSnapshot } from "../snapshot";
import { sqlState, withTransaction } from "../transaction";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-22");
});
afterAll(() => database.close());

test("what is committed meanwhile is not seen until the next look", async () => {
  const { accountId } = await world.subscriber({});
  const seen = await withSnapshot(world.ctx, async (snapshot) => {
    const before = await readBalance(snapshot, accountId);
    await world.pay(accountId, 100_00n);
    return [before, await withSnapshot(snapshot, (inner) => readBalance(inner, accountId))];
  });
  expect(seen).toEqual([0n, 0n]);
  expect(await withSnapshot(world.ctx, (snapshot) => readBalance(snapshot, accountId))).toBe(100_00n);
});

test("nothing can be written inside, and a verb that would join is refused", async () => {
  const write = withSnapshot(world.ctx, (snapshot) =>
    withTransaction(snapshot, (tx) => tx.db.execute("insert into settings (key, value) values ('a', '1')")),
  );
  expect(await write.catch(sqlState)).toBe("25006");
});

test("inside a transaction it sees what that transaction wrote", async () => {
  await withTransaction(world.ctx, async (tx) => {
    await tx.db.execute("insert into settings (key, value) values ('b', '1')");
    const rows = await withSnapshot(tx, (snapshot) => snapshot.db.execute("select 1 from settings where key = 'b'"));
    expect(rows).toHaveLength(1);
  });
});
