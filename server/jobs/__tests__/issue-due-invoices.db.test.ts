import { afterAll, beforeAll, expect, test } from "vitest";
import { invoices } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { chargeDueAccounts } from "@/server/jobs/charge-due-accounts";
import { issueDueInvoices } from "@/server/jobs/issue-due-invoices";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
const people: Subscriber[] = [];

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  const tariffId = await world.tariff({ feeMinor: 600_00n });
  for (let n = 0; n < 5; n += 1) people.push(await world.subscriber({ tariffId }));
  for (const { accountId } of people) await world.pay(accountId, 5_000_00n);
  await chargeDueAccounts(world.ctx);
});
afterAll(() => database.close());

const count = () => database.db.$count(invoices);

test("a month's documents wait for its end and for the charges of the day after it", async () => {
  await issueDueInvoices(world.ctx);
  world.travelTo("2026-12-01");
  await issueDueInvoices(world.ctx);
  expect(await count()).toBe(0);
  await chargeDueAccounts(world.ctx);
});

test("an account whose documents cannot be made keeps none of the others waiting", async () => {
  const broken = people[2]?.accountId ?? "";
  await database.ownerSql.unsafe(`
    create function refuse() returns trigger language plpgsql as $$
    begin
      if new.account_id = '${broken}' then raise exception 'this account is broken'; end if;
      return new;
    end $$;
    create trigger refuse before insert on invoice_lines for each row execute function refuse()`);
  await issueDueInvoices(world.ctx);
  await database.ownerSql.unsafe("drop trigger refuse on invoice_lines");
  expect(await count()).toBe(4);
});

test("the clock asks once a month; a person who asks for the month gets what is still missing, and no more", async () => {
  await issueDueInvoices(world.ctx);
  expect(await count()).toBe(4);
  await issueDueInvoices(world.ctx, "2026-11");
  await issueDueInvoices(world.ctx, "2026-11");
  expect(await count()).toBe(5);
});
