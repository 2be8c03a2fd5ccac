import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { settings } from "@/db/schema";
import { type TestDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { readOperations } from "@/server/api/cabinet/read-operations";
import { readRevenue } from "@/server/domain/analytics";
import { setChangeDefault } from "@/server/domain/catalog";
import { PROMISED_SETTING, startPromise } from "@/server/domain/credit";
import {
  closePeriod,
  decidePeriod,
  issueInvoices,
  listDrafts,
  listPeriods,
  readDocument,
  readMonthComparison,
} from "@/server/domain/invoices";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, changeTariff, closeRun, listCharges, listRunAccounts, readRun } from "@/server/domain/runs";
import {
  beginSuspension,
  cancelTariffChange,
  endSubscription,
  endSuspension,
  placeBlock,
  SUSPENSION_SETTING,
} from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { office, subscriber } from "./run-office";
import { createWorld, type Subscriber, type World } from "./world";

const CHANGE = { direction: "up", allowed: true, feeMinor: 50_00n, timing: "either" } as const;

async function withFees(world: World, database: TestDatabase): Promise<void> {
  await database.db.insert(settings).values([
    { key: PROMISED_SETTING, value: { feeMinor: 10_00 } },
    { key: SUSPENSION_SETTING, value: { feeMinor: 61_00 } },
  ]);
  const manager = world.asStaff("product_manager");
  await setChangeDefault(manager, CHANGE);
  await setChangeDefault(manager, { ...CHANGE, direction: "down" });
}

describe("a month with fees", () => {
  let database: TestDatabase;
  let world: World;
  let anna: Subscriber;
  let dear: string;
  let self: Context;
  const bill = () => billAccounts(world.ctx, { accountIds: [anna.accountId] });
  const october = { month: "2026-10-01" as Day };
  const change = () =>
    changeTariff(world.ctx, {
      accountId: anna.accountId,
      subscriptionId: anna.subscriptionId,
      toTariffId: dear,
      when: "next_period",
    });

  /** October 2026: 600.00 of 620.00 promised for 10.00 and charged, a pause taken back before it began, a change of tariff to come. */
  beforeEach(async () => {
    database = await testDatabaseForThisTest();
    world = await createWorld(database.db, "2026-10-01");
    await withFees(world, database);
    dear = await world.tariff({ feeMinor: 900_00n });
    anna = await world.subscriber({ tariffId: await world.tariff({ feeMinor: 620_00n, code: "city" }) });
    self = world.asSubscriber(anna.customerId);
    await world.pay(anna.accountId, 20_00n);
    await bill();
    await startPromise(self, { accountId: anna.accountId, consent: true });
    await bill();
    world.travelTo("2026-10-03");
    await world.pay(anna.accountId, 2_000_00n);
    const { suspensionId } = await beginSuspension(self, {
      ...{ accountId: anna.accountId, fromOn: "2026-10-12", untilOn: "2026-10-25" },
    });
    world.travelTo("2026-10-05");
    await endSuspension(self, { accountId: anna.accountId, suspensionId });
    await change();
  });

  test("is documented whole, fees by their names, and then closes; the next one knows them no more", async () => {
    const { accountId } = anna;
    expect(await listDrafts(self, accountId)).toMatchObject([{ totalMinor: 680_00n }]);
    world.travelTo("2026-11-02");
    await issueInvoices(world.ctx, { month: "2026-10", accountIds: [accountId] });
    const document = await readDocument(self, { accountId, slug: "2026-10-invoice-0" });
    expect(document.lines.map((line) => [line.kind, line.name, line.reason, line.amountMinor])).toEqual([
      ["recurring", "«city»", null, 620_00n],
      ["promised_fee", "Плата за обещанный платёж", null, 10_00n],
      ["suspension_fee", "Плата за приостановку", null, 61_00n],
      ["change_fee", "Плата за смену тарифа", null, 50_00n],
      ["adjustment", "Плата за приостановку", "fee_returned", -61_00n],
    ]);
    expect(document).toMatchObject({ totalMinor: 680_00n, totals: [{ vatPercent: 22, amountMinor: 680_00n }] });
    expect(await issueInvoices(world.ctx, { month: "2026-10", accountIds: [accountId] })).toMatchObject({
      documents: 0,
    });

    await proveLedger(world.ctx);
    const [entity] = await rowsOf<{ id: string }>(world.ctx, sql`select id from legal_entities`);
    const asked = { legalEntityId: entity?.id ?? "", month: "2026-10", reason: "квартальная отчётность" };
    const { approvalId } = await closePeriod(world.asStaff("billing_operator"), asked);
    await decidePeriod(world.asStaff("billing_operator"), { approvalId, approve: true });
    expect((await listPeriods(world.asStaff("billing_operator")))[0]).toMatchObject({ lastClosed: "2026-10-01" });
    expect(await listDrafts(self, accountId), "the new month is not charged yet").toEqual([]);
  });

  test("shows them in every list of charges, with what came back and why", async () => {
    const { accountId } = anna;
    const lines = await listCharges(world.asStaff("support_agent"), {
      ...{ accountId, from: "2026-10-01" as Day, to: "2026-10-31" as Day },
    });
    expect(lines.map((line) => [line.nameRu, line.periodStart, line.amountMinor, line.creditedMinor])).toEqual([
      ["Плата за смену тарифа", "2026-10-05", 50_00n, 0n],
      ["Плата за приостановку", "2026-10-03", 61_00n, 61_00n],
      ["«city»", "2026-10-01", 620_00n, 0n],
      ["Плата за обещанный платёж", "2026-10-01", 10_00n, 0n],
    ]);
    const { operations } = await readOperations(self, { accountId, limit: 20 });
    expect(
      operations.map((one) => [one.kind, one.charge?.kind ?? one.adjustment?.nameRu ?? null, one.effectMinor]),
    ).toEqual([
      ["charge", "change_fee", -50_00n],
      ["adjustment", "Плата за приостановку", 61_00n],
      ["charge", "suspension_fee", -61_00n],
      ["payment", null, 2_000_00n],
      ["charge", "recurring", -620_00n],
      ["charge", "promised_fee", -10_00n],
      ["payment", null, 20_00n],
    ]);
  });

  test("is compared with the next by the kinds of fees, however many there were", async () => {
    const { accountId } = anna;
    await cancelTariffChange(self, { accountId, subscriptionId: anna.subscriptionId });
    world.travelTo("2026-11-05");
    await bill();
    await change();
    await cancelTariffChange(self, { accountId, subscriptionId: anna.subscriptionId });
    await change();
    const { lines, nowMinor, beforeMinor } = await readMonthComparison(self, { accountId, month: "2026-11-01" as Day });
    expect([beforeMinor, nowMinor]).toEqual([630_00n, 670_00n]);
    expect(lines.map(({ now, before, deltaMinor, causes }) => [(now ?? before)?.nameRu, deltaMinor, causes])).toEqual([
      ["Плата за смену тарифа", 50_00n, ["times"]],
      ["Плата за обещанный платёж", -10_00n, ["gone"]],
      ["«city»", 0n, []],
    ]);
  });

  test("has the same revenue by its charges as by the book", async () => {
    const [row] = await readRevenue(world.asStaff("manager"), { from: october.month, to: "2026-11-01" as Day });
    expect(row).toMatchObject({ chargedMinor: 741_00n, ledgerMinor: 741_00n });
  });

  test("gives unused days back as if there were no fees, and keeps the fees", async () => {
    world.travelTo("2026-10-11");
    await placeBlock(world.ctx, { accountId: anna.accountId, reason: "administrative", untilOn: "2026-10-22" });
    world.travelTo("2026-10-22");
    await bill();
    await bill();
    const given = await rowsOf(
      world.ctx,
      sql`select kind, amount_minor from adjustments where account_id = ${anna.accountId} and reason = 'unused_days'`,
    );
    // Eleven of October's 31 days at 20.00.
    expect(given).toEqual([{ kind: "recurring", amount_minor: "22000" }]);
    // 2 020 − 10 − 620 − 50 + 220
    expect(await readBalance(world.ctx, anna.accountId)).toBe(1_560_00n);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });
});

describe("a run", () => {
  test("finds nothing strange in a month's fees, and a fee alone is no charge of the month", async () => {
    const { database, world, author, previewed } = await office();
    await withFees(world, database);
    await database.db
      .update(settings)
      .set({ value: { feeMinor: 300_00 } })
      .where(eq(settings.key, SUSPENSION_SETTING));
    const person = await subscriber(world, 2_000_00n);
    const stopped = await subscriber(world, 2_000_00n);
    await billAccounts(world.ctx, { accountIds: [person.accountId, stopped.accountId] });
    world.travelTo("2026-11-01");
    await placeBlock(world.ctx, { accountId: stopped.accountId, reason: "administrative" });
    await beginSuspension(world.asSubscriber(person.customerId), {
      ...{ accountId: person.accountId, fromOn: "2026-11-10", untilOn: "2026-11-20" },
    });
    await changeTariff(world.ctx, {
      ...{ accountId: stopped.accountId, subscriptionId: stopped.subscriptionId, when: "next_period" },
      toTariffId: await world.tariff({ feeMinor: 900_00n }),
    });
    const runId = await previewed("2026-11");
    const found = async (finding: "anomaly" | "skipped") =>
      (await listRunAccounts(author, { runId, finding })).accounts.map((one) => [one.accountId, one.reason]);
    expect(await found("anomaly")).toEqual([]);
    expect(await found("skipped")).toEqual([[stopped.accountId, "stopped"]]);
  });

  test("closes when a fee came back within it, on the day that it charges", async () => {
    const { database, world, author, charged } = await office();
    await withFees(world, database);
    const leaver = await subscriber(world, 2_000_00n);
    const other = await subscriber(world, 2_000_00n);
    await billAccounts(world.ctx, { accountIds: [leaver.accountId] });
    await changeTariff(world.ctx, {
      ...{ accountId: leaver.accountId, subscriptionId: leaver.subscriptionId, when: "next_period" },
      toTariffId: await world.tariff({ feeMinor: 900_00n }),
    });
    await endSubscription(world.ctx, {
      ...{ accountId: leaver.accountId, subscriptionId: leaver.subscriptionId, endedOn: "2026-11-01", reason: "left" },
    });
    world.travelTo("2026-12-10");
    const runId = await charged("2026-11");
    const back = await rowsOf(world.ctx, sql`select account_id, amount_minor, booked_on, reason from adjustments`);
    expect(back).toEqual([
      { account_id: leaver.accountId, amount_minor: "5000", booked_on: "2026-11-30", reason: "fee_returned" },
    ]);
    expect((await readRun(author, { runId })).charging?.totals).toMatchObject({ charged: 1 });
    await issueInvoices(world.ctx, { month: "2026-11", accountIds: [leaver.accountId, other.accountId] });
    expect(await closeRun(author, { runId })).toMatchObject({ chargedMinor: 600_00n, transfersMinor: 600_00n });
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });
});
