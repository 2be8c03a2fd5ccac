import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { correctCharge, issueInvoices, readDocumentsTie } from "@/server/domain/invoices";
import { readBalance } from "@/server/domain/ledger";
import { billAccounts, changeTariff, listCharges } from "@/server/domain/runs";
import { endSubscription, startSubscriptions } from "@/server/domain/subscriptions";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import { type Day, toDay } from "@/server/kernel/day";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type TariffOf, type World } from "./world";

/** Lives in which a tariff changes, ends or comes back at an awkward moment: nothing is charged twice, nothing is lost. */

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-01-01");
});
afterAll(() => database.close());

const bill = (accountId: string, month?: string) =>
  billAccounts(world.ctx, { accountIds: [accountId], ...(month && { month }) });
const change = (accountId: string, subscriptionId: string, toTariffId: string, when: "now" | "next_period" = "now") =>
  changeTariff(world.asStaff("support_agent"), { accountId, subscriptionId, toTariffId, when });
const end = (accountId: string, subscriptionId: string, endedOn: string) =>
  endSubscription(world.asStaff("support_agent"), { accountId, subscriptionId, endedOn, reason: "moved" });
const spent = async (accountId: string, paidMinor: bigint) => paidMinor - (await readBalance(world.ctx, accountId));
const charged = async (accountId: string) =>
  (await listCharges(world.ctx, { accountId, from: toDay("2026-01-01"), to: toDay("2027-12-31") }))
    .map(({ chargedFrom, chargedTo, amountMinor }) => `${chargedFrom} ${chargedTo} ${amountMinor}`)
    .sort();
async function subscriberOn(day: string, tariff: TariffOf, paidMinor = 5_000_00n, anchorDay?: number) {
  world.travelTo("2026-01-01");
  const tariffId = await world.tariff({ feeMinor: 600_00n, ...tariff });
  world.travelTo(day);
  const made = await world.subscriber({ tariffId, ...(anchorDay && { anchorDay }) });
  if (paidMinor > 0n) await world.pay(made.accountId, paidMinor);
  return { ...made, tariffId };
}

test.each(["monthly", "arrears", "daily"] as const)(
  "%s: ended as of a day before the latest change, only the days before the end stay paid for",
  async (chargeMethod) => {
    const { accountId, subscriptionId } = await subscriberOn("2026-11-01", { price: { chargeMethod } });
    const fast = await world.tariff({ feeMinor: 900_00n, price: { chargeMethod } });
    for (let day = 1; day < 16; day += 1) {
      world.travelTo(`2026-11-${`${day}`.padStart(2, "0")}`);
      await bill(accountId);
    }
    world.travelTo("2026-11-16");
    await change(accountId, subscriptionId, fast);
    world.travelTo("2026-11-25");
    await bill(accountId);
    await end(accountId, subscriptionId, "2026-11-06");
    await settleAccounts(world.ctx, [accountId]);
    expect(await spent(accountId, 5_000_00n)).toBe(100_00n); // 600.00 × 5 / 30
  },
);

test.each(["now", "next_period"] as const)(
  "in arrears for a number of charges, paid off: a change (%s) charges nothing of it again",
  async (when) => {
    const price = { chargeMethod: "arrears", maxCharges: 1 } as const;
    const { accountId, subscriptionId } = await subscriberOn("2026-07-01", { price });
    const next = await world.tariff({ feeMinor: 900_00n, price: { chargeMethod: "arrears" } });
    for (const day of ["2026-08-01", "2026-09-01", "2026-09-15"]) {
      world.travelTo(day);
      await bill(accountId);
    }
    expect(await spent(accountId, 5_000_00n)).toBe(600_00n);
    await change(accountId, subscriptionId, next, when);
    for (const day of ["2026-09-16", "2026-10-01", "2026-10-02"]) {
      world.travelTo(day);
      await bill(accountId);
    }
    expect((await charged(accountId)).filter((line) => line.endsWith(" 60000"))).toHaveLength(1);
  },
);

describe("first months at a lower price", () => {
  const promo = { price: { phases: [{ position: 1, months: 6, feeMinor: 100_00n, isTrial: false }] } };
  const startAgain = (accountId: string, tariffId: string, startedOn: string) =>
    startSubscriptions(world.ctx, [{ accountId, tariffId, startedOn }]);

  test("of one subscription are not taken by the end of another that ran beside it", async () => {
    const { accountId, subscriptionId, tariffId } = await subscriberOn("2026-01-01", promo, 50_000_00n);
    world.travelTo("2026-09-01");
    await startAgain(accountId, tariffId, "2026-09-01");
    world.travelTo("2026-10-10");
    await end(accountId, subscriptionId, "2026-10-10");
    world.travelTo("2026-11-01");
    await bill(accountId);
    expect(await charged(accountId)).toContain("2026-11-01 2026-12-01 10000");
  });

  test("count from when the tariff was had, not from when its subscription began", async () => {
    const { accountId, subscriptionId } = await subscriberOn("2026-01-01", {}, 50_000_00n);
    const tariffId = await world.tariff({ feeMinor: 600_00n, ...promo });
    world.travelTo("2026-10-01");
    await change(accountId, subscriptionId, tariffId);
    world.travelTo("2026-10-10");
    await end(accountId, subscriptionId, "2026-10-10");
    world.travelTo("2026-11-01");
    await startAgain(accountId, tariffId, "2026-11-01");
    await bill(accountId);
    expect(await charged(accountId)).toContain("2026-11-01 2026-12-01 10000");
  });

  test("had in an earlier tariff of a subscription that has ended are had", async () => {
    const trial = { price: { phases: [{ position: 1, months: 1, feeMinor: 0n, isTrial: true }] } };
    const { accountId, subscriptionId, tariffId } = await subscriberOn("2026-01-01", trial, 50_000_00n);
    const plain = await world.tariff({ feeMinor: 500_00n });
    world.travelTo("2026-02-01");
    await change(accountId, subscriptionId, plain);
    world.travelTo("2026-02-02");
    await end(accountId, subscriptionId, "2026-02-02");
    world.travelTo("2026-03-01");
    await startAgain(accountId, tariffId, "2026-03-01");
    await bill(accountId);
    expect(await charged(accountId)).toContain("2026-03-01 2026-04-01 60000");
  });
});

test("a month that nobody charged before the tariff changed is charged at the old price, by the day and by its month", async () => {
  const { accountId, subscriptionId } = await subscriberOn("2026-09-01", { price: { moneyGate: "always" } }, 0n);
  const next = await world.tariff({ feeMinor: 900_00n, price: { moneyGate: "always" } });
  world.travelTo("2026-11-16");
  await change(accountId, subscriptionId, next);
  for (const month of ["2026-09", "2026-10"]) await bill(accountId, month);
  await bill(accountId);
  expect(await charged(accountId)).toEqual([
    "2026-09-01 2026-10-01 60000",
    "2026-10-01 2026-11-01 60000",
    "2026-11-01 2026-11-16 30000", // 600.00 × 15 / 30
    "2026-11-16 2026-12-01 45000", // 900.00 × 15 / 30
  ]);
  world.travelTo("2026-12-02");
  await bill(accountId);
  expect(await charged(accountId)).toHaveLength(5);
});

test("a postpaid charge that was given back is no debt that prepaid money may lean on", async () => {
  const { accountId, subscriptionId } = await subscriberOn("2026-11-01", { price: { moneyGate: "always" } }, 0n);
  await bill(accountId);
  await correctCharge(world.ctx, {
    ...{ accountId, subscriptionId, term: 0, periodStart: "2026-11-01", kind: "recurring" },
    ...{ reason: "goodwill", note: "nothing was served", requestKey: world.ctx.newId(), amountMinor: 600_00n },
  });
  expect(await readBalance(world.ctx, accountId)).toBe(0n);
  const tariffId = await world.tariff({ feeMinor: 500_00n });
  await startSubscriptions(world.ctx, [{ accountId, tariffId, startedOn: "2026-11-01" }]);
  expect(await bill(accountId)).toMatchObject({ charged: 0, refused: 1 });
  expect(await readBalance(world.ctx, accountId)).toBe(0n);
});

test("what a closed month still owed stands on the document of the month it is booked in", async () => {
  const own = await testDatabaseForThisTest();
  world = await createWorld(own.db, "2026-01-01");
  const { accountId } = await subscriberOn("2026-09-15", { price: { chargeMethod: "arrears" } }, 5_000_00n, 15);
  const [entity] = await rowsOf<{ id: string }>(world.ctx, sql`select id from legal_entities`);
  const legalEntityId = entity?.id ?? "";
  await own.ownerSql`
    insert into accounting_periods (legal_entity_id, month, closed_by, closed_at) values (${legalEntityId}, '2026-10-01', 'job:test', now())`;
  world.travelTo("2026-11-10");
  await bill(accountId);
  world.travelTo("2026-12-01");
  await issueInvoices(world.ctx, { month: "2026-11", accountIds: [accountId] });
  expect(
    await readDocumentsTie(world.ctx, { legalEntityId, from: "2026-11-01" as Day, to: "2026-12-01" as Day }),
  ).toEqual({ bookedMinor: 600_00n, documentsMinor: 600_00n, differing: 0 });
});
