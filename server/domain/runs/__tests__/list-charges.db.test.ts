import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { publishBundle } from "@/server/domain/catalog";
import { billAccounts, listCharges } from "@/server/domain/runs";
import { agreeDiscount, startSubscriptions } from "@/server/domain/subscriptions";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
});
afterAll(() => database.close());

test("what a charge was made cheaper by is told by name: a bundle by its own in both languages, a discount by its words", async () => {
  const [home, tv] = [await world.tariff({ feeMinor: 600_00n }), await world.tariff({ feeMinor: 200_00n })];
  await publishBundle(world.asStaff("product_manager"), {
    ...{ code: "b54ni9k", nameRu: "Всё вместе", nameEn: "All together", validFrom: "2026-11-01" },
    parts: [
      { tariffId: home, discountBp: 1_000 },
      { tariffId: tv, discountBp: 0 },
    ],
  });
  const { accountId, subscriptionId, customerId } = await world.subscriber({ tariffId: home });
  await startSubscriptions(world.ctx, [{ accountId, tariffId: tv, startedOn: "2026-11-01" }]);
  await agreeDiscount(world.asStaff("support_lead"), {
    ...{ accountId, subscriptionId, requestKey: world.ctx.newId(), label: "b54ni9k", amountMinor: 40_00n },
    validFrom: "2026-11-01",
  });
  await world.pay(accountId, 800_00n);
  await billAccounts(world.ctx, { accountIds: [accountId] });
  const lines = await listCharges(world.asSubscriber(customerId), {
    accountId,
    from: world.today(),
    to: world.today(),
  });
  // 600.00 − 60.00 − 40.00, and 200.00 whole.
  expect(lines.map(({ amountMinor, detail }) => [amountMinor, detail?.discounts])).toEqual([
    [
      500_00n,
      [
        expect.objectContaining({
          source: "bundle",
          amountMinor: "6000",
          nameRu: "Всё вместе",
          nameEn: "All together",
        }),
        expect.objectContaining({ source: "personal", amountMinor: "4000", nameRu: "b54ni9k", nameEn: "b54ni9k" }),
      ],
    ],
    [200_00n, undefined],
  ]);
});
