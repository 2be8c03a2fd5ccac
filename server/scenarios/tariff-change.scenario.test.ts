import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, changeTariff, listCharges, previewTariffChange, readNextCharge } from "@/server/domain/runs";
import { cancelTariffChange, placeBlock } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "./world";

let database: TestDatabase;
let world: World;
let cheap: string;
let dear: string;
let dearest: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-09-01");
  cheap = await world.tariff({ feeMinor: 600_00n });
  dear = await world.tariff({ feeMinor: 900_00n });
  dearest = await world.tariff({ feeMinor: 1_200_00n });
});
afterAll(() => database.close());

async function onTheFirst(moneyMinor: bigint): Promise<Subscriber> {
  world.travelTo("2026-09-01");
  const subscriber = await world.subscriber({ tariffId: cheap });
  await world.pay(subscriber.accountId, moneyMinor);
  await bill(subscriber);
  return subscriber;
}
const bill = ({ accountId }: Subscriber) => billAccounts(world.ctx, { accountIds: [accountId] });
const to = ({ accountId, subscriptionId }: Subscriber, toTariffId: string, when: "now" | "next_period") => ({
  accountId,
  subscriptionId,
  toTariffId,
  when,
});
const tariffOf = async ({ accountId, subscriptionId }: Subscriber) => {
  const [row] = await rowsOf<{ tariff_id: string }>(
    world.ctx,
    sql`select tariff_id from subscriptions where account_id = ${accountId} and id = ${subscriptionId}`,
  );
  return row?.tariff_id;
};
const sumOfLines = async ({ accountId }: Subscriber, from: string) =>
  (await listCharges(world.ctx, { accountId, from: from as Day, to: "2030-01-01" as Day })).reduce(
    (sum, line) => sum + line.amountMinor,
    0n,
  );

describe("from the next period", () => {
  test("costs nothing until then, is shown as the next charge, and the next period is charged at the new price", async () => {
    const anna = await onTheFirst(2_000_00n);
    world.travelTo("2026-09-10");
    const preview = await previewTariffChange(world.ctx, to(anna, dear, "next_period"));
    expect(preview).toMatchObject({
      effectiveOn: "2026-10-01",
      chargedMinor: 0n,
      returnedMinor: 0n,
      feeBeforeMinor: 600_00n,
      feeAfterMinor: 900_00n,
      nextChargeOn: "2026-10-01",
      nextChargeMinor: 900_00n,
    });
    expect(await changeTariff(world.ctx, to(anna, dear, "next_period"))).toEqual(preview);
    expect(await tariffOf(anna)).toBe(cheap);
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({ chargeMinor: 900_00n });
    world.travelTo("2026-10-01");
    expect(await bill(anna)).toMatchObject({ chargedMinor: 900_00n, turned: [anna.accountId] });
    expect(await tariffOf(anna)).toBe(dear);
    expect(await bill(anna)).toMatchObject({ charged: 0, turned: [] });
  });

  test("a second choice replaces the first, and what is taken back never was", async () => {
    const boris = await onTheFirst(2_000_00n);
    await changeTariff(world.ctx, to(boris, dear, "next_period"));
    await changeTariff(world.ctx, to(boris, dearest, "next_period"));
    expect(await readNextCharge(world.ctx, boris.accountId)).toMatchObject({ chargeMinor: 1_200_00n });
    await cancelTariffChange(world.ctx, boris);
    await expect(cancelTariffChange(world.ctx, boris)).rejects.toThrow("subscription.no_scheduled_change");
    world.travelTo("2026-10-01");
    expect(await bill(boris)).toMatchObject({ chargedMinor: 600_00n });
  });
});

describe("at once", () => {
  test("the unused days are given back, the rest is charged, exactly as previewed", async () => {
    const vera = await onTheFirst(2_000_00n);
    world.travelTo("2026-09-11");
    const preview = await previewTariffChange(world.ctx, to(vera, dear, "now"));
    // used 10 of 30 days: 600.00 − 200.00 = 400.00 back; 900.00 × 20 / 30 = 600.00 for the rest
    expect(preview).toMatchObject({
      effectiveOn: "2026-09-11",
      returnedMinor: 400_00n,
      chargedMinor: 600_00n,
      missingMinor: 0n,
    });
    expect(await readBalance(world.ctx, vera.accountId)).toBe(1_400_00n); // a preview writes nothing
    expect(await changeTariff(world.ctx, to(vera, dear, "now"))).toEqual(preview);
    expect(await readBalance(world.ctx, vera.accountId)).toBe(1_200_00n);
    expect(await bill(vera)).toMatchObject({ charged: 0, creditedMinor: 0n });
    world.travelTo("2026-10-01");
    expect(await bill(vera)).toMatchObject({ chargedMinor: 900_00n });
  });

  test("a second change on the same day replaces the first: only the last is paid for", async () => {
    const gleb = await onTheFirst(3_000_00n);
    world.travelTo("2026-09-11");
    await changeTariff(world.ctx, to(gleb, dear, "now"));
    await changeTariff(world.ctx, to(gleb, dearest, "now"));
    // 3000.00 − 200.00 (ten days at 600) − 1200.00 × 20 / 30
    expect(await readBalance(world.ctx, gleb.accountId)).toBe(2_000_00n);
    await changeTariff(world.ctx, to(gleb, cheap, "now"));
    expect(await readBalance(world.ctx, gleb.accountId)).toBe(2_400_00n); // as if nothing had been changed
    expect(await sumOfLines(gleb, "2026-09-01")).toBeGreaterThan(600_00n); // every step stays in the book
  });

  test("too little money: refused with what is missing, and nothing is changed", async () => {
    const dina = await onTheFirst(700_00n);
    world.travelTo("2026-09-11");
    // has 100.00, gets back 400.00, needs 800.00
    expect(await previewTariffChange(world.ctx, to(dina, dearest, "now"))).toMatchObject({ missingMinor: 300_00n });
    await expect(changeTariff(world.ctx, to(dina, dearest, "now"))).rejects.toMatchObject({
      reason: "subscription.not_enough_money",
      details: { missingMinor: "30000" },
    });
    expect(await tariffOf(dina)).toBe(cheap);
    expect(await readBalance(world.ctx, dina.accountId)).toBe(100_00n);
  });

  test("to a cheaper tariff by a subscriber whose service is closed for money: it comes back on", async () => {
    const egor = await onTheFirst(1_000_00n);
    world.travelTo("2026-10-01");
    expect(await bill(egor)).toMatchObject({ refused: 1 }); // 400.00 of 600.00
    const cheapest = await world.tariff({ feeMinor: 310_00n });
    world.travelTo("2026-10-11");
    await changeTariff(world.ctx, to(egor, cheapest, "now"));
    expect(await readBalance(world.ctx, egor.accountId)).toBe(190_00n); // 310.00 × 21 / 31 = 210.00
    const open = await rowsOf(
      world.ctx,
      sql`select 1 from blocks where account_id = ${egor.accountId} and until_at is null`,
    );
    expect(open).toEqual([]);
  });
});

describe("refusals", () => {
  test("another's subscription, an unknown tariff, the same tariff, a paused service", async () => {
    const foma = await onTheFirst(2_000_00n);
    const zoya = await onTheFirst(2_000_00n);
    const asFoma = world.asSubscriber(foma.customerId);
    await expect(changeTariff(asFoma, to(zoya, dear, "now"))).rejects.toThrow("account.not_found");
    await expect(changeTariff(asFoma, { ...to(zoya, dear, "now"), accountId: foma.accountId })).rejects.toThrow(
      "subscription.not_found",
    );
    await expect(changeTariff(asFoma, to(foma, world.ctx.newId(), "now"))).rejects.toThrow("tariff.not_found");
    await expect(changeTariff(asFoma, to(foma, cheap, "now"))).rejects.toThrow("subscription.same_tariff");
    await placeBlock(world.ctx, { accountId: foma.accountId, reason: "voluntary" });
    await expect(changeTariff(asFoma, to(foma, dear, "next_period"))).rejects.toThrow("subscription.blocked");
    await expect(changeTariff(world.asStaff("manager"), to(foma, dear, "now"))).rejects.toThrow("access.forbidden");
  });
});

test("five presses at once schedule one change; five immediate ones are paid for once", async () => {
  const kira = await onTheFirst(3_000_00n);
  world.travelTo("2026-09-11");
  await Promise.allSettled(Array.from({ length: 5 }, () => changeTariff(world.ctx, to(kira, dear, "next_period"))));
  const waiting = await rowsOf(
    world.ctx,
    sql`select 1 from subscription_changes where account_id = ${kira.accountId} and state = 'scheduled'`,
  );
  expect(waiting).toHaveLength(1);
  const answers = await Promise.allSettled(
    Array.from({ length: 5 }, () => changeTariff(world.ctx, to(kira, dear, "now"))),
  );
  expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await readBalance(world.ctx, kira.accountId)).toBe(2_200_00n); // 2400.00 + 400.00 − 600.00
});

test("the book proves after all of it", async () => {
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
});
