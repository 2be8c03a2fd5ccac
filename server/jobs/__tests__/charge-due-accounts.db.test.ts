import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readBalance } from "@/server/domain/ledger";
import { listCharges } from "@/server/domain/runs";
import { chargeDueAccounts } from "@/server/jobs/charge-due-accounts";
import { toDay } from "@/server/kernel/day";
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

test("the same day again charges nobody, the next month charges everybody, and makes up for who was parked", async () => {
  const before = await balances();
  await chargeDueAccounts(world.ctx);
  expect(await balances()).toEqual(before);
  world.travelTo("2026-12-01");
  await chargeDueAccounts(world.ctx);
  expect(await balances()).toEqual(people.map(() => 5_000_00n - 2n * 600_00n));
});

test("days on which the worker slept are made up for, over the end of a month, as they would have been charged", async () => {
  world.travelTo("2026-12-05");
  const daily = await world.subscriber({
    tariffId: await world.tariff({ feeMinor: 300_00n, price: { chargeMethod: "daily" } }),
  });
  await world.pay(daily.accountId, 1_000_00n);
  const charged = async () =>
    (
      await listCharges(world.ctx, { accountId: daily.accountId, from: toDay("2026-12-01"), to: toDay("2027-01-31") })
    ).map(({ periodStart, bookedOn }) => [periodStart, bookedOn].join(" ").replaceAll(/20\d\d-/g, ""));
  world.travelTo("2026-12-27");
  await chargeDueAccounts(world.ctx);
  world.travelTo("2027-01-03");
  await chargeDueAccounts(world.ctx);
  const days = ["12-05", "12-26", "12-27", "12-28", "12-29", "12-30", "12-31", "01-01", "01-02", "01-03"];
  const told = await charged();
  for (const day of days) expect(told).toContain(`${day} ${day}`);
  expect(told).toHaveLength(27 + 3);
  await database.ownerSql`update settings set value = '"2026-12-01"' where key = 'billing.charged_through'`;
  await chargeDueAccounts(world.ctx);
  expect(await charged()).toEqual(told);
});
