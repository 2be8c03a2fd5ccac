import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readBalance } from "@/server/domain/ledger";
import { chargeDueAccounts } from "@/server/jobs/charge-due-accounts";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let people: Subscriber[];

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  const tariffId = await world.tariff({ feeMinor: 600_00n });
  people = [];
  for (let n = 0; n < 7; n += 1) people.push(await world.subscriber({ tariffId }));
  for (const { accountId } of people) await world.pay(accountId, 5_000_00n);
});
afterAll(() => database.close());

const balances = async () => Promise.all(people.map(({ accountId }) => readBalance(world.ctx, accountId)));

test("one account that the database refuses is parked, all others are charged, and the day is done", async () => {
  const broken = people[3]?.accountId ?? "";
  await database.ownerSql.unsafe(`
    create function refuse() returns trigger language plpgsql as $$
    begin
      if new.account_id = '${broken}' then raise exception 'this account is broken'; end if;
      return new;
    end $$;
    create trigger refuse before insert on charges for each row execute function refuse()`);
  await chargeDueAccounts(world.ctx);
  expect(await balances()).toEqual(people.map(({ accountId }) => (accountId === broken ? 5_000_00n : 4_400_00n)));
  await database.ownerSql.unsafe("drop trigger refuse on charges");
});

test("the same day again charges nobody, the next month charges everybody", async () => {
  const before = await balances();
  await chargeDueAccounts(world.ctx);
  expect(await balances()).toEqual(before);
  world.travelTo("2026-12-01");
  await chargeDueAccounts(world.ctx);
  expect(await balances()).toEqual(before.map((balance) => balance - 600_00n));
});
