import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { customers, settings } from "@/db/schema";
import { type TestDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { listOperations, proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts } from "@/server/domain/runs";
import { toDay } from "@/server/kernel/day";
import { ensurePartitions } from "@/server/platform/partitions";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { issueInvoices } from "..";

let database: TestDatabase;
let world: World;

beforeEach(async () => {
  database = await testDatabaseForThisTest();
  await ensurePartitions({ db: database.db }, toDay("2025-11-01"), toDay("2026-12-31"));
  world = await createWorld(database.db, "2025-12-15");
});

async function company(kind = "company"): Promise<Subscriber> {
  const one = await world.subscriber({ tariffId: await world.tariff({ feeMinor: 610_00n }) });
  await database.db.update(customers).set({ kind }).where(eq(customers.id, one.customerId));
  return one;
}

/** What the book says of advances: VAT still open by rate, which the contra code mirrors. */
const openVat = ({ accountId }: Subscriber) =>
  rowsOf<{ code: string; minor: string }>(
    world.ctx,
    sql`
    select code, sum(minor)::text as minor from (
      select debit as code, amount_minor as minor from transfers where account_id = ${accountId}
      union all select credit, -amount_minor from transfers where account_id = ${accountId}
    ) t where code like 'vat_advance:%' group by code having sum(minor) <> 0 order by code`,
  );

const links = ({ accountId }: Subscriber) =>
  rowsOf(
    world.ctx,
    sql`
    select a.received_on, a.vat_percent, c.month, c.ordinal, c.amount_minor, c.vat_minor
    from vat_advance_closings c join vat_advances a using (account_id, payment_id)
    where account_id = ${accountId} order by c.month, a.received_on`,
  );

const bill = ({ accountId }: Subscriber, day: string) => {
  world.travelTo(day);
  return billAccounts(world.ctx, { accountIds: [accountId] });
};
const issue = ({ accountId }: Subscriber, month: string, on: string) => {
  world.travelTo(on);
  return issueInvoices(world.ctx, { month, accountIds: [accountId] });
};

test("money of a company carries VAT by the day it was received, and the month that uses it closes the earlier advance first", async () => {
  const one = await company();
  await world.pay(one.accountId, 600_00n);
  // 600.00 × 20 ÷ 120 = 100.00
  expect(await openVat(one)).toEqual([{ code: "vat_advance:20", minor: "10000" }]);
  world.travelTo("2026-01-05");
  await world.pay(one.accountId, 620_00n);
  // 620.00 × 22 ÷ 122 = 111.80
  expect(await openVat(one)).toEqual([
    { code: "vat_advance:20", minor: "10000" },
    { code: "vat_advance:22", minor: "11180" },
  ]);
  await bill(one, "2026-01-06");
  await issue(one, "2026-01", "2026-02-02");
  expect(await links(one)).toEqual([
    {
      received_on: "2025-12-15",
      vat_percent: 20,
      month: "2026-01-01",
      ordinal: 0,
      amount_minor: "60000",
      vat_minor: "10000",
    },
    // 610.00 − 600.00 = 10.00, and 10.00 × 22 ÷ 122 = 1.80
    {
      received_on: "2026-01-05",
      vat_percent: 22,
      month: "2026-01-01",
      ordinal: 0,
      amount_minor: "1000",
      vat_minor: "180",
    },
  ]);
  expect(await openVat(one)).toEqual([{ code: "vat_advance:22", minor: "11000" }]);
  await issue(one, "2026-01", "2026-02-03");
  expect(await links(one)).toHaveLength(2);
  await bill(one, "2026-02-03");
  await issue(one, "2026-02", "2026-03-02");
  expect(await openVat(one)).toEqual([]);
  expect((await proveLedger(world.ctx)).proven).toBe(true);
});

test("it never touches the customer: the balance is the money, and the statement does not show it", async () => {
  const one = await company("sole_trader");
  await world.pay(one.accountId, 1_000_00n);
  expect(await readBalance(world.ctx, one.accountId)).toBe(1_000_00n);
  const lines = await listOperations(world.ctx, { accountId: one.accountId, limit: 10 });
  expect(lines.map((line) => [line.kind, line.effectMinor])).toEqual([["payment", 1_000_00n]]);
});

test("of a payment that finds a debt only the rest is an advance", async () => {
  const one = await company();
  await database.db.execute(
    sql`update account_balances set balance_minor = -40000 where account_id = ${one.accountId}`,
  );
  await world.pay(one.accountId, 1_010_00n);
  // (1010 − 400) × 20 ÷ 120 = 101.67
  expect(await openVat(one)).toEqual([{ code: "vat_advance:20", minor: "10167" }]);
});

test("money that came after the month is not what the month has used", async () => {
  const one = await company();
  await world.pay(one.accountId, 610_00n);
  await bill(one, "2026-01-06");
  world.travelTo("2026-02-02");
  await world.pay(one.accountId, 5_000_00n);
  await issue(one, "2026-01", "2026-02-03");
  expect(await links(one)).toMatchObject([{ amount_minor: "61000" }]);
  expect(await openVat(one)).toEqual([{ code: "vat_advance:22", minor: "90164" }]);
});

test("whose money it is about is the operator's setting: companies', everybody's, nobody's", async () => {
  const person = await company("person");
  await world.pay(person.accountId, 100_00n);
  expect(await openVat(person)).toEqual([]);
  await database.db.insert(settings).values({ key: "vat.advances", value: "everyone" });
  await world.pay(person.accountId, 60_00n);
  expect(await openVat(person)).toEqual([{ code: "vat_advance:20", minor: "1000" }]);
  await database.db.update(settings).set({ value: "none" });
  const one = await company();
  await world.pay(one.accountId, 60_00n);
  expect(await openVat(one)).toEqual([]);
});
