import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tariffs } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { addDays } from "@/server/kernel/day";
import { withSnapshot } from "@/server/platform/snapshot";
import { sqlState, withTransaction } from "@/server/platform/transaction";
import { createWorld, type World } from "@/server/scenarios/world";
import { publishPrice } from "../publish-price";
import { readCatalog } from "../read-catalog";

let database: TestDatabase;
let world: World;
let tariffId: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-22");
  tariffId = await world.tariff({ feeMinor: 650_00n });
});
afterAll(() => database.close());

const feesOf = async (ctx = world.ctx) =>
  (await readCatalog(ctx)).tariffs.get(tariffId)?.prices.map((price) => price.feeMinor);
let published = 0;
/** Each on a day of its own: two versions of one day are refused. */
const publish = (feeMinor: bigint, ctx = world.ctx) => {
  published += 1;
  return publishPrice(ctx, { tariffId, newFrom: addDays(world.today(), published), existingFrom: null, feeMinor });
};

describe("the kept catalog", () => {
  test("is the same one for everybody while nothing is published", async () => {
    const first = await readCatalog(world.ctx);
    expect(await readCatalog(world.ctx)).toBe(first);
    expect(await withSnapshot(world.ctx, (snapshot) => readCatalog(snapshot))).toBe(first);
  });

  test("is never stale: a published price is read by the very next question", async () => {
    expect(await feesOf()).toEqual([650_00n]);
    await publish(700_00n);
    expect(await feesOf()).toEqual([650_00n, 700_00n]);
  });

  test("is not ahead either: a snapshot that began before a price came keeps its own, and a later one has the new", async () => {
    const before = await feesOf();
    const seen = await withSnapshot(world.ctx, async (snapshot) => {
      await snapshot.db.execute("select 1 from tariffs");
      await publish(710_00n);
      const now = await feesOf();
      return { inside: await feesOf(snapshot), now };
    });
    expect(seen.inside).toEqual(before);
    expect(seen.now?.at(-1)).toBe(710_00n);
    expect(await feesOf()).toEqual(seen.now);
  });

  test("a price that was rolled back was never there for anyone else", async () => {
    const before = await feesOf();
    const undone = withTransaction(world.ctx, async (tx) => {
      await publish(999_00n, tx);
      expect((await feesOf(tx))?.at(-1)).toBe(999_00n);
      expect(await feesOf()).toEqual(before);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await feesOf()).toEqual(before);
  });

  test.each([
    ["a tariff's name", () => database.db.update(tariffs).set({ nameRu: "Другой" }).where(eq(tariffs.id, tariffId))],
    ["a VAT rate", () => database.db.execute("insert into vat_rates values ('standard', '2030-01-01', 25)")],
    ["a price, by hand", () => database.db.execute(`update tariff_prices set fee_minor = 1 where version = 1`)],
    ["a rate taken away", () => database.ownerSql`delete from vat_rates where percent = 25`],
  ])("is read anew after %s changed, whoever changed it", async (_what, change) => {
    const before = await readCatalog(world.ctx);
    await change();
    const after = await readCatalog(world.ctx);
    expect(after).not.toBe(before);
    expect(after).not.toEqual(before);
  });

  test("another database has another catalog", async () => {
    const other = await testDatabase();
    try {
      const elsewhere = await createWorld(other.db, "2026-11-22");
      await elsewhere.tariff({ feeMinor: 1_00n });
      expect((await readCatalog(elsewhere.ctx)).tariffs.has(tariffId)).toBe(false);
      expect((await readCatalog(world.ctx)).tariffs.has(tariffId)).toBe(true);
    } finally {
      await other.close();
    }
  });

  test("the application cannot touch the version itself", async () => {
    const touched = database.db.execute("update catalog_version set version = gen_random_uuid()");
    expect(await Promise.resolve(touched).catch(sqlState)).toBe("42501");
  });
});
