import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readDashboard, readMrr } from "@/server/domain/analytics";
import { publishPrice, readCatalog } from "@/server/domain/catalog";
import { proveLedger } from "@/server/domain/ledger";
import { quotePeriod } from "@/server/domain/rating";
import { billAccounts } from "@/server/domain/runs";
import { agreePersonalPrice, endSubscription, listSubscriptions } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let manager: Context;
let [anna, boris, vera]: Subscriber[] = [];
let everyone: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-08-01");
  manager = world.asStaff("manager");
  const home = await world.tariff({ code: "home", feeMinor: 600_00n });
  anna = await world.subscriber({ tariffId: home });
  boris = await world.subscriber({ tariffId: home });
  vera = await world.subscriber({ tariffId: home, personalFeeMinor: 450_50n });
  everyone = [anna, boris, vera].map((row) => row.accountId);
  for (const accountId of everyone) await world.pay(accountId, 10_000_00n);
  await billAccounts(world.ctx, { accountIds: everyone });
  await publishPrice(world.ctx, {
    tariffId: home,
    newFrom: "2026-09-01",
    existingFrom: "2026-10-01",
    feeMinor: 700_00n,
  });
  world.travelTo("2026-09-01");
  await billAccounts(world.ctx, { accountIds: everyone });
  world.travelTo("2026-09-15");
  await endSubscription(world.ctx, {
    accountId: boris.accountId,
    subscriptionId: boris.subscriptionId,
    endedOn: "2026-09-15",
    reason: "left",
  });
  world.travelTo("2026-10-01");
  await billAccounts(world.ctx, { accountIds: everyone });
  await proveLedger(world.ctx);
});
afterAll(() => database.close());

describe("the manager's page", () => {
  test("a month before the book begins is the month it begins in, and one after today is today's", async () => {
    expect(await readDashboard(manager, { month: "1900-01-01" })).toMatchObject({ month: "2026-08-01", isFirst: true });
    expect(await readDashboard(manager, { month: "2026-09-10" })).toMatchObject({
      month: "2026-09-01",
      isFirst: false,
    });
    expect(await readDashboard(manager, { month: "2100-01-01" })).toMatchObject({ month: "2026-10-01", running: true });
  });

  test("revenue, base, MRR and churn of three months are what happened", async () => {
    const page = await readDashboard(manager, { months: 3 });
    expect(page.revenue.map((row) => [row.month, row.chargedMinor])).toEqual([
      ["2026-08-01", 1_650_50n], // 600 + 600 + 450.50
      ["2026-09-01", 1_650_50n],
      ["2026-10-01", 1_150_50n], // 700 + 450.50, Boris is gone
    ]);
    expect(page.base.map((row) => [row.active, row.started, row.ended])).toEqual([
      [3, 3, 0],
      [2, 0, 1],
      [2, 0, 0],
    ]);
    expect(page).toMatchObject({ mrrMinor: 1_150_50n, active: 2, paidMinor: 0n });
    // On the 1st of October the month before is looked at to its 1st too: Boris left on the 15th.
    expect(page).toMatchObject({ running: true, churnBefore: { atStart: 3, ended: 0 } });
    expect(page.check).toMatchObject({ agrees: true, differenceMinor: 0n, proof: { proven: true } });
  });

  test("September's churn names its tariff and its tenure", async () => {
    const { churn, running } = await readDashboard(manager, { month: "2026-09-20", months: 2 });
    expect(running).toBe(false);
    expect(churn.total).toMatchObject({ atStart: 3, ended: 1, churnBp: 3333, lostMrrMinor: 600_00n });
    expect(churn.byTariff).toMatchObject([{ code: "home", atStart: 3, ended: 1 }]);
    expect(churn.byTenure.filter((row) => row.ended > 0)).toMatchObject([{ band: { from: 0, to: 2 }, ended: 1 }]);
  });

  test("the SQL of fees is the rule of rating, for every subscription and day", async () => {
    await agreePersonalPrice(world.ctx, {
      accountId: anna?.accountId ?? "",
      subscriptionId: anna?.subscriptionId ?? "",
      validFrom: "2026-11-01",
      validTo: "2026-12-01",
      feeMinor: 1_00n,
    });
    const [catalog, subscriptions] = await Promise.all([
      readCatalog(world.ctx),
      listSubscriptions(world.ctx, everyone),
    ]);
    for (const day of ["2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01"] as Day[]) {
      const byRule = [...subscriptions.values()]
        .flat()
        .filter((row) => row.startedOn <= day && (!row.endedOn || row.endedOn > day))
        .reduce((sum, row) => sum + quotePeriod(row, catalog, day).feeMinor, 0n);
      expect([day, await readMrr(manager, day)]).toEqual([day, byRule]);
    }
  });

  test("a charge line without its transfer is seen: the page says it does not agree, in which month and by how much", async () => {
    await database.ownerSql`
      insert into charges select account_id, ${crypto.randomUUID()}, period_start, kind, period_end, charged_from, charged_to, charged_days, period_days,
        booked_on, tariff_id, price_version, 100, 100, vat_percent, 0 from charges where booked_on = '2026-09-01' limit 1`;
    const page = await readDashboard(manager, { months: 3 });
    expect(page.check).toMatchObject({ agrees: false, differingMonths: ["2026-09-01"], differenceMinor: 100n });
  });

  test("a subscriber and a support agent may not read it", async () => {
    await expect(readDashboard(world.asSubscriber(anna?.customerId ?? ""), {})).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(readDashboard(world.asStaff("support_agent"), {})).rejects.toMatchObject({ kind: "forbidden" });
  });
});
