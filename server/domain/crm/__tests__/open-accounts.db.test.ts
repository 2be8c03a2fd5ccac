import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { listOwnAccounts, openAccounts } from "@/server/domain/crm";
import { readBalance } from "@/server/domain/ledger";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
});
afterAll(() => database.close());

const second = (customerId: string, number: string) => ({
  customerId,
  contractNumber: `Д-${number}`,
  accountNumber: number,
  openedOn: world.today(),
  address: { city: "Добрянка", street: "ул. Победы", house: "9", flat: "4" },
});

test("a customer's further account has its own contract, balance and words it is found by", async () => {
  const anna = await world.subscriber({ name: "Зуева Анна" });
  const [opened] = await openAccounts(world.ctx, [second(anna.customerId, "900001")]);
  expect(opened?.customerId).toBe(anna.customerId);
  expect(await readBalance(world.ctx, opened?.accountId ?? "")).toBe(0n);
  const own = await listOwnAccounts(world.asSubscriber(anna.customerId), anna.customerId);
  expect(own.map((row) => row.number).sort()).toEqual([anna.accountNumber, "900001"].sort());
  const [found] = await rowsOf<{ hit: boolean }>(
    world.ctx,
    sql`select document @@ 'зуева & победы & 900001'::tsquery as hit from account_search where account_id = ${opened?.accountId}`,
  );
  expect(found?.hit).toBe(true);
});

test("an unknown customer or a number in use opens nothing of the batch", async () => {
  const boris = await world.subscriber({});
  const bad = [second(boris.customerId, "900002"), second(world.ctx.newId(), "900003")];
  await expect(openAccounts(world.ctx, bad)).rejects.toMatchObject({ reason: "customer.not_found" });
  await openAccounts(world.ctx, [second(boris.customerId, "900002")]);
  const taken = [second(boris.customerId, "900004"), second(boris.customerId, "900002")];
  await expect(openAccounts(world.ctx, taken)).rejects.toMatchObject({ reason: "contract.number_taken" });
  expect(await listOwnAccounts(world.asSubscriber(boris.customerId), boris.customerId)).toHaveLength(2);
});

test("a subscriber may not open an account", async () => {
  const vera = await world.subscriber({});
  const ctx = world.asSubscriber(vera.customerId);
  await expect(openAccounts(ctx, [second(vera.customerId, "900005")])).rejects.toMatchObject({ kind: "forbidden" });
});
