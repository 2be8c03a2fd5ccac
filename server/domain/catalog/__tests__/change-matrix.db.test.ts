import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { publishTariffs, readChangeMatrix, setChangeDefault, setChangePair } from "@/server/domain/catalog";
import { createWorld } from "@/server/scenarios/world";

test("a matrix nobody touched allows every change, free and at either time", async () => {
  const world = await createWorld((await testDatabaseForThisTest()).db, "2026-11-25");
  const { defaults, pairs } = await readChangeMatrix(world.ctx);
  expect(pairs).toEqual([]);
  expect(defaults.map(({ direction }) => direction)).toEqual(["up", "down", "equal"]);
  for (const row of defaults) expect(row).toMatchObject({ allowed: true, feeMinor: 0n, timing: "either" });
});

test("what is set is what is read, the last word counts, and taking a pair's words away leaves none", async () => {
  const database = await testDatabaseForThisTest();
  const world = await createWorld(database.db, "2026-11-25");
  const manager = world.asStaff("product_manager");
  const [fromTariffId, toTariffId] = [await world.tariff(), await world.tariff({ feeMinor: 900_00n })];
  await setChangeDefault(manager, { direction: "down", allowed: true, feeMinor: 50_00n, timing: "next_period" });
  await setChangeDefault(manager, { direction: "down", allowed: true, feeMinor: 100_00n, timing: "next_period" });
  await setChangePair(manager, { fromTariffId, toTariffId, terms: { allowed: false, feeMinor: null, timing: null } });
  const terms = { allowed: true, feeMinor: 200_00n, timing: "at_once" } as const;
  await setChangePair(manager, { fromTariffId, toTariffId, terms });
  const set = await readChangeMatrix(manager);
  expect(set.defaults.find((row) => row.direction === "down")).toMatchObject({ feeMinor: 100_00n });
  expect(set.pairs).toEqual([{ fromTariffId, toTariffId, ...terms }]);

  await setChangePair(manager, { fromTariffId, toTariffId, terms: null });
  expect((await readChangeMatrix(manager)).pairs).toEqual([]);
  const trail = await database.db.select().from(auditLog).where(eq(auditLog.action, "catalog.set_change_pair"));
  expect(trail).toHaveLength(3);
  expect(trail.at(-1)).toMatchObject({ before: { feeMinor: "20000" }, after: null });
});

test("refuses what is no change by name, and a support agent altogether", async () => {
  const world = await createWorld((await testDatabaseForThisTest()).db, "2026-11-25");
  const manager = world.asStaff("product_manager");
  const internet = await world.tariff();
  const [tv] = await publishTariffs(world.ctx, [
    {
      code: "tv",
      nameRu: "ТВ",
      nameEn: "TV",
      kind: "tv",
      revenueCode: "revenue:tv",
      price: { newFrom: "2020-01-01", feeMinor: 100_00n },
    },
  ]);
  const terms = { allowed: true, feeMinor: null, timing: null };
  const pair = (toTariffId: string) => ({ fromTariffId: internet, toTariffId, terms });
  await expect(setChangePair(manager, pair(internet))).rejects.toThrow("change.same_tariff");
  await expect(setChangePair(manager, pair(tv?.tariffId ?? ""))).rejects.toThrow("change.other_kind");
  await expect(setChangePair(manager, pair(world.ctx.newId()))).rejects.toThrow("tariff.not_found");
  const down = { direction: "down", allowed: true, feeMinor: 1n, timing: "either" } as const;
  await expect(setChangeDefault(world.asStaff("support_agent"), down)).rejects.toThrow("access.forbidden");
  await expect(setChangeDefault(manager, { ...down, feeMinor: -1n })).rejects.toThrow();
  expect((await readChangeMatrix(manager)).pairs).toEqual([]);
});
