import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, listCharges, readNextCharge } from "@/server/domain/runs";
import {
  agreePersonalPrice,
  endSubscription,
  liftBlock,
  placeBlock,
  startSubscriptions,
} from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "./world";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-14");
});
afterAll(() => database.close());

const bill = (subscriber: Subscriber) => billAccounts(world.ctx, { accountIds: [subscriber.accountId] });
const chargesOf = (subscriber: Subscriber) =>
  listCharges(world.ctx, { accountId: subscriber.accountId, from: "2020-01-01" as Day, to: "2030-01-01" as Day });

describe("a prepaid subscriber's first months", () => {
  test("connected on the 14th: 17 of 30 days, then whole months, and a second run adds nothing", async () => {
    world.travelTo("2026-11-14");
    const anna = await world.subscriber({});
    await world.pay(anna.accountId, 1_500_00n);
    expect(await bill(anna)).toMatchObject({ charged: 1, refused: 0, chargedMinor: 368_33n }); // 650.00 × 17 / 30 = 368.333
    expect(await bill(anna)).toMatchObject({ charged: 0, refused: 0, skipped: 1, chargedMinor: 0n });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(1_131_67n);

    world.travelTo("2026-12-01");
    expect(await bill(anna)).toMatchObject({ charged: 1, chargedMinor: 650_00n });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(481_67n);

    const [december, november] = await chargesOf(anna);
    expect(december).toMatchObject({
      chargedDays: 31,
      periodDays: 31,
      amountMinor: 650_00n,
      vatPercent: 22,
      vatMinor: 117_21n,
    });
    expect(november).toMatchObject({ chargedDays: 17, periodDays: 30, amountMinor: 368_33n, vatMinor: 66_42n }); // 368.33 × 22 / 122 = 66.420
  });

  test("too little money: nothing is charged, no debt appears, service closes; payment on the 10th buys 22 of 31 days", async () => {
    world.travelTo("2026-11-14");
    const boris = await world.subscriber({});
    await world.pay(boris.accountId, 400_00n);
    await bill(boris);
    world.travelTo("2026-12-01");
    const refused = await bill(boris);
    expect(refused).toMatchObject({ charged: 0, refused: 1, chargedMinor: 0n, turned: [boris.accountId] });
    expect(await readBalance(world.ctx, boris.accountId)).toBe(31_67n);
    expect(await readNextCharge(world.ctx, boris.accountId)).toMatchObject({
      blocked: "financial",
      chargeOn: "2026-12-01",
      chargeMinor: 650_00n,
      missingMinor: 618_33n,
      recommendedMinor: 619_00n,
      paidUntil: null,
    });
    expect((await bill(boris)).turned, "a block that is open is not opened again").toEqual([]);

    world.travelTo("2026-12-10");
    await world.pay(boris.accountId, 500_00n);
    const paid = await bill(boris);
    expect(paid).toMatchObject({ charged: 1, chargedMinor: 461_29n, turned: [boris.accountId] }); // 650.00 × 22 / 31 = 461.290
    expect(await readBalance(world.ctx, boris.accountId)).toBe(70_38n);
    expect((await readNextCharge(world.ctx, boris.accountId)).blocked).toBeNull();
  });

  test("exactly enough is enough; a kopeck less is not; the credit limit counts as money", async () => {
    world.travelTo("2026-12-01");
    const [exact, short, credited] = [
      await world.subscriber({}),
      await world.subscriber({}),
      await world.subscriber({ creditLimitMinor: 1n }),
    ];
    await world.pay(exact.accountId, 650_00n);
    await world.pay(short.accountId, 649_99n);
    await world.pay(credited.accountId, 649_99n);
    const result = await billAccounts(world.ctx, { accountIds: [exact, short, credited].map((row) => row.accountId) });
    expect(result).toMatchObject({ charged: 2, refused: 1, skipped: 0 });
    expect(await readBalance(world.ctx, credited.accountId)).toBe(-1n);
    expect(await readBalance(world.ctx, short.accountId)).toBe(649_99n);
  });

  test("a personal price wins over the tariff's and the line says so", async () => {
    world.travelTo("2026-12-01");
    const vera = await world.subscriber({ personalFeeMinor: 499_99n });
    await world.pay(vera.accountId, 1_000_00n);
    await bill(vera);
    expect(await chargesOf(vera)).toMatchObject([{ amountMinor: 499_99n, feeMinor: 499_99n, priceVersion: null }]);
  });

  test("a price agreed with a subscriber that money did not suffice for is tried at once", async () => {
    world.travelTo("2026-12-01");
    const { accountId, subscriptionId } = await world.subscriber({});
    await world.pay(accountId, 500_00n);
    expect(await billAccounts(world.ctx, { accountIds: [accountId] })).toMatchObject({ refused: 1 });
    await database.sql`delete from graphile_worker._private_jobs`;
    await agreePersonalPrice(world.ctx, { accountId, subscriptionId, validFrom: "2026-12-01", feeMinor: 500_00n });
    expect(
      await database.sql`select 1 from graphile_worker._private_jobs where key = ${`settle_account:${accountId}`}`,
    ).toHaveLength(1);
    expect(await billAccounts(world.ctx, { accountIds: [accountId] })).toMatchObject({
      charged: 1,
      chargedMinor: 500_00n,
    });
  });

  test("an unpaid option that was ended no longer makes the paid tariff look blocked", async () => {
    world.travelTo("2026-12-01");
    const zoya = await world.subscriber({});
    await world.pay(zoya.accountId, 650_00n);
    await bill(zoya);
    const { accountId } = zoya;
    const [option] = await startSubscriptions(world.ctx, [
      { accountId, tariffId: await world.tariff({ feeMinor: 100_00n }), startedOn: "2026-12-01" },
    ]);
    await bill(zoya);
    expect(await readNextCharge(world.ctx, accountId)).toMatchObject({ blocked: "financial", chargeMinor: 100_00n });
    await endSubscription(world.ctx, {
      accountId,
      subscriptionId: option?.subscriptionId ?? "",
      endedOn: "2026-12-01",
      reason: "left",
    });
    expect(await readNextCharge(world.ctx, accountId)).toMatchObject({
      blocked: null,
      chargeOn: "2027-01-01",
      chargeMinor: 650_00n,
      paidUntil: "2027-01-01",
    });
  });

  test("a block in the middle of a paid-for month is not charged in the next one until it is lifted, and then by days", async () => {
    world.travelTo("2026-11-14");
    const igor = await world.subscriber({});
    const { accountId } = igor;
    await world.pay(accountId, 5_000_00n);
    await bill(igor);
    world.travelTo("2026-11-20");
    const { blockId } = await placeBlock(world.ctx, { accountId, reason: "voluntary" });
    world.travelTo("2026-12-01");
    // Days of November that the pause took come back, and nothing is charged.
    expect(await bill(igor)).toMatchObject({ charged: 1, chargedMinor: 0n, refused: 0, skipped: 0 });
    expect(await readNextCharge(world.ctx, accountId)).toMatchObject({
      blocked: "voluntary",
      chargeOn: null,
      missingMinor: 0n,
    });
    world.travelTo("2026-12-11");
    await liftBlock(world.ctx, { accountId, blockId });
    expect(await bill(igor)).toMatchObject({ charged: 1, chargedMinor: 440_32n }); // 650.00 × 21 / 31 = 440.322
    expect(await bill(igor)).toMatchObject({ charged: 0, skipped: 1 });
  });

  test("five runs at once charge once", async () => {
    world.travelTo("2026-12-01");
    const gleb = await world.subscriber({});
    await world.pay(gleb.accountId, 5_000_00n);
    const results = await Promise.all(Array.from({ length: 5 }, () => bill(gleb)));
    expect(results.map((result) => result.charged).sort()).toEqual([0, 0, 0, 0, 1]);
    expect(await readBalance(world.ctx, gleb.accountId)).toBe(4_350_00n);
  });

  test("twelve months of an account with anchor 31 tile the year: one charge a period, none skipped", async () => {
    world.travelTo("2026-12-31");
    const dora = await world.subscriber({ anchorDay: 31 });
    await world.pay(dora.accountId, 20_000_00n);
    for (let month = 0; month < 14; month += 1) {
      const date = new Date(Date.UTC(2026, 12 + month, 0)).toISOString().slice(0, 10);
      world.travelTo(date);
      await bill(dora);
    }
    const charges = (await chargesOf(dora)).reverse();
    expect(charges.map((charge) => charge.periodStart).slice(0, 4)).toEqual([
      "2026-12-31",
      "2027-01-31",
      "2027-02-28",
      "2027-03-31",
    ]);
    for (const [index, charge] of charges.entries()) {
      expect(charge.amountMinor).toBe(650_00n);
      if (index > 0) expect(charge.periodStart).toBe(charges[index - 1]?.periodEnd);
    }
    expect(charges).toHaveLength(14);
  });
});

describe("the book", () => {
  test("every balance is the sum of its transfers, and the proof sees a balance that is not", async () => {
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
    const eve = await world.subscriber({});
    await world.pay(eve.accountId, 10_00n);
    await database.ownerSql`update account_balances set balance_minor = balance_minor + 1 where account_id = ${eve.accountId}`;
    expect(await proveLedger(world.ctx)).toMatchObject({
      proven: false,
      differing: 1,
      differenceMinor: 1n,
      sample: [eve.accountId],
    });
    await database.ownerSql`update account_balances set balance_minor = balance_minor - 1 where account_id = ${eve.accountId}`;
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test("the proof sees a transfer that vanished even when the sums still agree", async () => {
    const fedor = await world.subscriber({});
    await world.pay(fedor.accountId, 10_00n);
    await world.pay(fedor.accountId, 5_00n);
    await database.ownerSql`delete from transfers where account_id = ${fedor.accountId} and number = 1`;
    await database.ownerSql`update account_balances set balance_minor = 500 where account_id = ${fedor.accountId}`;
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: false, differing: 1, sample: [fedor.accountId] });
  });

  test.each(["transfers", "charges", "events", "audit_log", "posting_keys"])(
    "the application's role may not change or delete %s",
    async (table) => {
      await expect(database.sql.unsafe(`update ${table} set created_at = now()`)).rejects.toThrow(/permission denied/);
      await expect(database.sql.unsafe(`delete from ${table}`)).rejects.toThrow(/permission denied/);
      await expect(database.sql.unsafe(`truncate ${table}`)).rejects.toThrow(/permission denied/);
    },
  );

  test("the audit names the actor and the charges tell their story as events", async () => {
    const rows = await rowsOf<{ actor: string; action: string }>(
      world.ctx,
      sql`select distinct actor, action from audit_log where action = 'billing.charge'`,
    );
    expect(rows).toEqual([{ actor: "job:test", action: "billing.charge" }]);
  });

  test("a subscriber may not charge, and may not read another's balance", async () => {
    const [mine, other] = [await world.subscriber({}), await world.subscriber({})];
    const ctx = world.asSubscriber(mine.customerId);
    await expect(billAccounts(ctx, { accountIds: [mine.accountId] })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(readBalance(ctx, other.accountId)).rejects.toMatchObject({ kind: "not_found" });
    expect(await readBalance(ctx, mine.accountId)).toBe(0n);
  });
});
