import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { charges } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { publishPrice } from "@/server/domain/catalog";
import { billAccounts, type ProposedPriceVersion, readPriceImpact } from "@/server/domain/runs";
import { agreeDiscount, endSubscription } from "@/server/domain/subscriptions";
import { toDay } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let home: string;
let people: Subscriber[];

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-02");
  home = await world.tariff({ code: "home", feeMinor: 600_00n });
  const other = await world.tariff({ code: "other", feeMinor: 900_00n });
  people = [
    await world.subscriber({ tariffId: home, name: "Первый" }),
    await world.subscriber({ tariffId: home, name: "Пятнадцатый", anchorDay: 15 }),
    await world.subscriber({ tariffId: home, name: "Со скидкой" }),
    await world.subscriber({ tariffId: home, name: "С персональной ценой", personalFeeMinor: 500_00n }),
    await world.subscriber({ tariffId: home, name: "Уходящий" }),
    await world.subscriber({ tariffId: other, name: "Чужой" }),
  ];
  for (const { accountId } of people) await world.pay(accountId, 10_000_00n);
  await agreeDiscount(world.ctx, {
    requestKey: world.ctx.newId(),
    accountId: person(2).accountId,
    label: "Ветеран",
    percentBp: 1_000,
    validFrom: "2026-11-02",
  });
  await endSubscription(world.ctx, {
    accountId: person(4).accountId,
    subscriptionId: person(4).subscriptionId,
    endedOn: "2026-12-20",
    reason: "left",
  });
});
afterAll(() => database.close());

function person(index: number): Subscriber {
  const found = people[index];
  if (!found) throw new Error(`nobody is number ${index}`);
  return found;
}

const rise = (): ProposedPriceVersion => ({
  tariffId: home,
  newFrom: toDay("2026-12-01"),
  existingFrom: toDay("2027-01-01"),
  feeMinor: 700_00n,
  chargeMethod: "monthly",
  moneyGate: "if_enough",
  prorationStart: "actual_days",
  prorationChange: "actual_days",
  prorationStop: "actual_days",
  dayRule: "connection_in",
  periodMonths: 1,
  maxCharges: null,
  phases: [],
});

test("a rise is told whole: whom it reaches and when, what it earns, who stays and why", async () => {
  const impact = await readPriceImpact(world.asStaff("product_manager"), rise());
  expect(impact).toMatchObject({
    version: 2,
    affected: 3,
    stays: { personal: 1, ends: 1, not_reached: 0 },
    turns: { dearer: 3, cheaper: 0, same: 0 },
    moves: [
      { on: "2027-01-01", count: 2 },
      { on: "2027-01-15", count: 1 },
    ],
    // 600 + 600 + 540 now, 700 + 700 + 630 then.
    beforeMonthMinor: 1740_00n,
    afterMonthMinor: 2030_00n,
  });
  expect(impact.list.map((row) => [row.customerName, row.movesOn, row.beforeMinor, row.afterMinor]).sort()).toEqual([
    ["Первый", "2027-01-01", 600_00n, 700_00n],
    ["Пятнадцатый", "2027-01-15", 600_00n, 700_00n],
    ["Со скидкой", "2027-01-01", 540_00n, 630_00n],
  ]);
  const discounted = impact.samples.find(({ why }) => why === "discounted");
  // 630 × 22 ⁄ 122 = 113.606… VAT inside.
  expect(discounted?.after).toMatchObject({
    priceVersion: 2,
    feeMinor: 700_00n,
    discounts: [{ label: "Ветеран", percentBp: 1_000, amountMinor: 70_00n }],
    totalMinor: 630_00n,
    vatPercent: 22,
    vatMinor: 113_61n,
  });
  expect(impact.samples).toHaveLength(3);
  expect(new Set(impact.samples.map(({ accountId }) => accountId)).size).toBe(3);
});

test("the list of the affected is read on from where it stopped", async () => {
  const manager = world.asStaff("product_manager");
  const whole = await readPriceImpact(manager, rise());
  const rest = await readPriceImpact(manager, rise(), 2);
  expect(rest.list).toEqual(whole.list.slice(2));
  expect(rest.affected).toBe(3);
});

test("a price for new subscribers only reaches nobody, and a tariff that is not there is refused", async () => {
  const manager = world.asStaff("product_manager");
  const impact = await readPriceImpact(manager, { ...rise(), existingFrom: null });
  expect(impact).toMatchObject({ affected: 0, moves: [], list: [], samples: [], stays: { not_reached: 5 } });
  await expect(readPriceImpact(manager, { ...rise(), tariffId: world.ctx.newId() })).rejects.toThrow(
    "tariff.not_found",
  );
  await expect(readPriceImpact(world.asSubscriber(person(0).customerId), rise())).rejects.toThrow("forbidden");
});

test("what the preview says is what is charged, to each and on the day it said", async () => {
  const impact = await readPriceImpact(world.asStaff("product_manager"), rise());
  await publishPrice(world.ctx, { ...rise(), periodMonths: 1, phases: [] });
  const accountIds = people.map(({ accountId }) => accountId);
  for (const day of ["2026-11-15", "2026-12-01", "2026-12-15", "2027-01-01", "2027-01-15"]) {
    world.travelTo(day);
    await billAccounts(world.ctx, { accountIds });
  }
  for (const { accountId, movesOn, afterMinor } of impact.list) {
    const lines = await database.db
      .select({ version: charges.priceVersion, on: charges.periodStart, amountMinor: charges.amountMinor })
      .from(charges)
      .where(and(eq(charges.accountId, accountId), eq(charges.priceVersion, 2)));
    expect(lines).toEqual([{ version: 2, on: movesOn, amountMinor: afterMinor }]);
  }
  const reached = await database.db.$count(charges, eq(charges.priceVersion, 2));
  expect(reached).toBe(impact.affected);
});
