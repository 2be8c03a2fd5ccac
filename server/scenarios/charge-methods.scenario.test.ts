import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, listCharges } from "@/server/domain/runs";
import { endSubscription, liftBlock, placeBlock, startSubscriptions } from "@/server/domain/subscriptions";
import { addDays, type Day, daysBetween } from "@/server/kernel/day";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type TariffOf, type World } from "./world";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-08-01");
});
afterAll(() => database.close());

const bill = ({ accountId }: Subscriber) => billAccounts(world.ctx, { accountIds: [accountId] });
const balanceOf = ({ accountId }: Subscriber) => readBalance(world.ctx, accountId);
const linesOf = ({ accountId }: Subscriber) =>
  listCharges(world.ctx, { accountId, from: "2020-01-01" as Day, to: "2030-01-01" as Day });
const creditsOf = ({ accountId }: Subscriber) =>
  rowsOf<{ amount_minor: string; vat_minor: string; reason: string }>(
    world.ctx,
    sql`select amount_minor, vat_minor, reason from adjustments where account_id = ${accountId} order by created_at, id`,
  );
const openBlocks = ({ accountId }: Subscriber) =>
  rowsOf(world.ctx, sql`select reason from blocks where account_id = ${accountId} and until_at is null`);

async function subscriberOn(
  day: string,
  tariff: TariffOf,
  moneyMinor = 0n,
  more: { anchorDay?: number; creditLimitMinor?: bigint } = {},
) {
  world.travelTo(day);
  const subscriber = await world.subscriber({ tariffId: await world.tariff(tariff), ...more });
  if (moneyMinor > 0n) await world.pay(subscriber.accountId, moneyMinor);
  return subscriber;
}

/** Charges on every day of `[from, to]`, as the daily job does. */
async function liveThrough(subscriber: Subscriber, from: string, to: string) {
  for (let day = from as Day; day <= to; day = addDays(day, 1)) {
    world.travelTo(day);
    await bill(subscriber);
  }
}

describe("charge methods", () => {
  test("equal daily shares add up to the month's fee exactly, and a day already charged is not charged again", async () => {
    const anna = await subscriberOn("2026-08-31", { feeMinor: 100_00n, price: { chargeMethod: "daily" } }, 500_00n);
    await liveThrough(anna, "2026-09-01", "2026-09-30");
    const september = (await linesOf(anna)).filter((line) => line.periodStart >= "2026-09-01");
    expect(september).toHaveLength(30);
    expect(september.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(100_00n); // 10 × 3.34 + 20 × 3.33 = 100.00
    expect(await bill(anna)).toMatchObject({ charged: 0, skipped: 1 });
  });

  test("days that were missed are charged together; days under a pause are not", async () => {
    const boris = await subscriberOn("2026-09-01", { feeMinor: 300_00n, price: { chargeMethod: "daily" } }, 500_00n);
    await bill(boris);
    world.travelTo("2026-09-04");
    const { blockId } = await placeBlock(world.ctx, { accountId: boris.accountId, reason: "voluntary" });
    world.travelTo("2026-09-07");
    await liftBlock(world.ctx, { accountId: boris.accountId, blockId });
    world.travelTo("2026-09-08");
    await bill(boris);
    // 1, 2, 3, 7, 8 September; 4, 5, 6 were paused: 5 × 10.00
    expect((await linesOf(boris)).map((line) => line.periodStart).sort()).toEqual([
      "2026-09-01",
      "2026-09-02",
      "2026-09-03",
      "2026-09-07",
      "2026-09-08",
    ]);
    expect(await balanceOf(boris)).toBe(450_00n);
  });

  test("the subscription's own anniversary: from the 17th to the 17th, beside the account's calendar month", async () => {
    const vera = await subscriberOn(
      "2026-08-17",
      { feeMinor: 310_00n, price: { chargeMethod: "anniversary" } },
      2_000_00n,
    );
    await bill(vera);
    world.travelTo("2026-09-16");
    expect(await bill(vera)).toMatchObject({ charged: 0 });
    world.travelTo("2026-09-17");
    expect(await bill(vera)).toMatchObject({ chargedMinor: 310_00n });
    const [september] = await linesOf(vera);
    expect(september).toMatchObject({ periodStart: "2026-09-17", periodEnd: "2026-10-17" });
  });

  test("in arrears: charged when the month is over, booked on its last day, for the days that were served", async () => {
    const gleb = await subscriberOn("2026-08-11", {
      feeMinor: 310_00n,
      price: { chargeMethod: "arrears", moneyGate: "always" },
    });
    await bill(gleb);
    expect(await balanceOf(gleb)).toBe(0n);
    world.travelTo("2026-09-01");
    expect(await bill(gleb)).toMatchObject({ charged: 1, chargedMinor: 210_00n }); // 310.00 × 21 / 31 = 210.00
    const [line] = await linesOf(gleb);
    expect(line).toMatchObject({ bookedOn: "2026-08-31", periodStart: "2026-08-01", chargedDays: 21 });
    expect(await bill(gleb)).toMatchObject({ charged: 0 });
  });

  test("the last days of a subscription in arrears are charged when it ends", async () => {
    const dina = await subscriberOn("2026-09-01", {
      feeMinor: 300_00n,
      price: { chargeMethod: "arrears", moneyGate: "always" },
    });
    await bill(dina);
    world.travelTo("2026-09-11");
    await endSubscription(world.ctx, { ...dina, endedOn: "2026-09-11", reason: "left" });
    expect(await bill(dina)).toMatchObject({ chargedMinor: 100_00n }); // 300.00 × 10 / 30
    expect((await linesOf(dina))[0]).toMatchObject({ bookedOn: "2026-09-10" });
    expect(await bill(dina)).toMatchObject({ charged: 0 });
  });

  test("a single sum is charged once, however often one looks, and not again next month", async () => {
    const egor = await subscriberOn(
      "2026-09-10",
      { feeMinor: 1_500_00n, price: { chargeMethod: "one_off" } },
      4_000_00n,
    );
    expect(await bill(egor)).toMatchObject({ chargedMinor: 1_500_00n });
    for (const day of ["2026-09-11", "2026-10-10", "2027-03-01"]) {
      world.travelTo(day);
      expect(await bill(egor)).toMatchObject({ charged: 0 });
    }
  });

  test("a quarter at once, and an instalment that is over after three charges", async () => {
    const quarter = await subscriberOn("2026-08-01", { feeMinor: 900_00n, price: { periodMonths: 3 } }, 5_000_00n);
    await liveThrough(quarter, "2026-08-01", "2026-08-02");
    world.travelTo("2026-10-15");
    expect(await bill(quarter)).toMatchObject({ charged: 0 });
    world.travelTo("2026-11-01");
    expect(await bill(quarter)).toMatchObject({ chargedMinor: 900_00n });

    const instalment = await subscriberOn(
      "2026-08-20",
      { feeMinor: 500_00n, price: { maxCharges: 3, prorationStart: "none" } },
      5_000_00n,
    );
    for (const day of ["2026-08-20", "2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01"]) {
      world.travelTo(day);
      await bill(instalment);
    }
    expect(await linesOf(instalment)).toHaveLength(3); // 3 × 500.00
    expect(await balanceOf(instalment)).toBe(3_500_00n);
  });
});

describe("money gates", () => {
  test("down to the limit: the earlier subscription is charged, the later is closed, and the limit is not crossed", async () => {
    const two: TariffOf = { feeMinor: 300_00n, price: { moneyGate: "to_limit" } };
    const foma = await subscriberOn("2026-09-01", two, 0n, { creditLimitMinor: 500_00n });
    await startSubscriptions(world.ctx, [
      { accountId: foma.accountId, tariffId: await world.tariff(two), startedOn: "2026-09-01" },
    ]);
    expect(await bill(foma)).toMatchObject({ charged: 1, chargedMinor: 300_00n });
    expect(await balanceOf(foma)).toBe(-300_00n);
    expect(await openBlocks(foma)).toHaveLength(1);
    await world.pay(foma.accountId, 100_00n);
    expect(await bill(foma)).toMatchObject({ chargedMinor: 300_00n }); // −200.00 − 300.00 = −500.00, the limit
    expect(await openBlocks(foma)).toHaveLength(0);
  });

  test("charged whatever the balance: a due date, and the service closes only when the debt is older than the delay", async () => {
    const zoya = await subscriberOn("2026-08-01", { feeMinor: 700_00n, price: { moneyGate: "always" } });
    expect(await bill(zoya)).toMatchObject({ charged: 1 });
    const [row] = await rowsOf<{ due_on: Day }>(
      world.ctx,
      sql`select due_on from charges where account_id = ${zoya.accountId}`,
    );
    expect(row?.due_on).toBe("2026-08-15"); // 1 August + 14 days to pay
    world.travelTo("2026-08-25"); // due 15 August + 10 days of delay: still served
    await bill(zoya);
    expect(await openBlocks(zoya)).toEqual([]);
    world.travelTo("2026-08-26");
    await bill(zoya);
    expect(await openBlocks(zoya)).toEqual([{ reason: "financial" }]);
    await world.pay(zoya.accountId, 700_00n);
    await bill(zoya);
    expect(await openBlocks(zoya)).toEqual([]);
  });

  test("a debt that is due later takes nothing from what prepaid services may spend", async () => {
    const ilya = await subscriberOn("2026-08-01", { feeMinor: 700_00n, price: { moneyGate: "always" } }, 500_00n);
    await startSubscriptions(world.ctx, [
      { accountId: ilya.accountId, tariffId: await world.tariff({ feeMinor: 450_00n }), startedOn: "2026-08-01" },
    ]);
    expect(await bill(ilya)).toMatchObject({ charged: 1, chargedMinor: 1_150_00n });
    expect(await balanceOf(ilya)).toBe(-650_00n);
  });
});

describe("what was paid for and lost is given back", () => {
  test("an early end: the days left, with their VAT, once", async () => {
    const kira = await subscriberOn("2026-09-01", { feeMinor: 600_00n }, 600_00n);
    await bill(kira);
    world.travelTo("2026-09-16");
    await endSubscription(world.ctx, { ...kira, endedOn: "2026-09-16", reason: "left" });
    expect(await bill(kira)).toMatchObject({ creditedMinor: 300_00n }); // 15 of 30 days were used: 600.00 − 300.00
    expect(await bill(kira)).toMatchObject({ creditedMinor: 0n });
    expect(await creditsOf(kira)).toEqual([{ amount_minor: "30000", vat_minor: "5410", reason: "unused_days" }]); // 108.20 − 54.10
    expect(await balanceOf(kira)).toBe(300_00n);
  });

  test("a pause inside a paid month is given back when it ends; two pauses each once, and no day twice", async () => {
    const lena = await subscriberOn("2026-09-01", { feeMinor: 300_00n }, 300_00n);
    await bill(lena);
    for (const [from, to] of [
      ["2026-09-05", "2026-09-10"],
      ["2026-09-20", "2026-09-23"],
    ] as const) {
      world.travelTo(from);
      const { blockId } = await placeBlock(world.ctx, { accountId: lena.accountId, reason: "voluntary" });
      await bill(lena);
      world.travelTo(to);
      await liftBlock(world.ctx, { accountId: lena.accountId, blockId });
      await bill(lena);
      await bill(lena);
    }
    expect((await creditsOf(lena)).map((row) => row.amount_minor)).toEqual(["5000", "3000"]); // 5 and 3 days of 10.00
    expect(await balanceOf(lena)).toBe(80_00n);
  });

  test("a price that is not prorated at its stop gives nothing back", async () => {
    const mira = await subscriberOn("2026-09-01", { feeMinor: 600_00n, price: { prorationStop: "none" } }, 600_00n);
    await bill(mira);
    world.travelTo("2026-09-16");
    await endSubscription(world.ctx, { ...mira, endedOn: "2026-09-16", reason: "left" });
    expect(await bill(mira)).toMatchObject({ creditedMinor: 0n });
  });

  test("a thirtieth a day, whatever the month's length", async () => {
    const nina = await subscriberOn("2026-08-22", { feeMinor: 600_00n, price: { prorationStart: "thirty" } }, 600_00n);
    expect(await bill(nina)).toMatchObject({ chargedMinor: 200_00n }); // 22–31 August: 10 days, 600.00 × 10 / 30
    expect(daysBetween("2026-08-22" as Day, "2026-09-01" as Day)).toBe(10);
  });
});

test("the book proves after all of it", async () => {
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
});

describe("a month whose book is closed", () => {
  test("what was refused in it for want of money is charged when the money comes, and booked in the open month", async () => {
    const database = await testDatabaseForThisTest();
    const own = await createWorld(database.db, "2026-08-01");
    const made = await own.subscriber({
      tariffId: await own.tariff({ feeMinor: 600_00n, price: { chargeMethod: "arrears", moneyGate: "if_enough" } }),
    });
    const bill = () => billAccounts(own.ctx, { accountIds: [made.accountId] });
    own.travelTo("2026-10-01");
    expect(await bill()).toMatchObject({ charged: 0, refused: 1 });
    await database.ownerSql`
      insert into accounting_periods (legal_entity_id, month, closed_at, closed_by)
      select id, m::date, now(), 'job:test' from legal_entities, generate_series('2026-08-01'::date, '2026-09-01', '1 month') m`;
    own.travelTo("2026-10-10");
    await own.pay(made.accountId, 2_000_00n);
    expect(await bill()).toMatchObject({ charged: 1, chargedMinor: 600_00n, parked: [] });
    const lines = await listCharges(own.ctx, {
      accountId: made.accountId,
      from: "2026-08-01" as Day,
      to: "2026-12-01" as Day,
    });
    expect(lines.map(({ chargedFrom, chargedTo, bookedOn }) => [chargedFrom, chargedTo, bookedOn])).toEqual([
      ["2026-09-01", "2026-10-01", "2026-10-10"],
    ]);
    expect(await bill()).toMatchObject({ charged: 0 });
  });
});

test("what is charged whatever the balance is due by the operator's payment term, or the account's own", async () => {
  const database = await testDatabaseForThisTest();
  const own = await createWorld(database.db, "2026-11-01");
  await database.ownerSql`insert into settings (key, value) values ('billing.payment_term_days', '20')`;
  const tariffId = await own.tariff({ feeMinor: 600_00n, price: { moneyGate: "always" } });
  const [plain, agreed] = [await own.subscriber({ tariffId }), await own.subscriber({ tariffId })];
  await database.ownerSql`update accounts set payment_term_days = 5 where id = ${agreed.accountId}`;
  await billAccounts(own.ctx, { accountIds: [plain.accountId, agreed.accountId] });
  const dueOn = async ({ accountId }: Subscriber) =>
    (await listCharges(own.ctx, { accountId, from: "2026-11-01" as Day, to: "2026-11-30" as Day })).map(
      (line) => line.dueOn,
    );
  expect([await dueOn(plain), await dueOn(agreed)]).toEqual([["2026-11-21"], ["2026-11-06"]]);
});
