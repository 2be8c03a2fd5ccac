import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { endDueLimits, listLimits, readPromisedOffer, sendOffer, startPromise } from "@/server/domain/credit";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { createService, readServices } from "@/server/domain/provisioning";
import { readNextCharge } from "@/server/domain/runs";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "./world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-01");
  anna = await world.subscriber({});
  await createService(world.ctx, {
    accountId: anna.accountId,
    subscriptionId: anna.subscriptionId,
    login: "anna-line",
  });
});
afterAll(() => database.close());

/** What the worker would do now: the jobs of what happened, then the looks it takes by itself. */
async function work(): Promise<void> {
  await endDueLimits(world.ctx);
  await settleAccounts(world.ctx, [anna.accountId]);
  const refused = await rowsOf(
    world.ctx,
    sql`select 1 from blocks where account_id = ${anna.accountId} and reason = 'financial' and until_at is null`,
  );
  if (refused.length > 0) await sendOffer(world.ctx, { accountId: anna.accountId });
}
const network = async () => (await readServices(world.ctx, { accountId: anna.accountId }))[0]?.desired;
const promised = () => readPromisedOffer(world.asSubscriber(anna.customerId), anna.accountId);
const promise = () => startPromise(world.asSubscriber(anna.customerId), { accountId: anna.accountId, consent: true });
const balance = () => readBalance(world.ctx, anna.accountId);

test("money ends, it is offered, promised, the service is on; unpaid it is walled; paid it is active again", async () => {
  await world.pay(anna.accountId, 681_67n);
  await work();
  expect(await network()).toMatchObject({ state: "active" });

  world.travelTo("2026-12-01");
  await work();
  expect(await network()).toMatchObject({ state: "walled", cause: "financial" });
  expect(await promised()).toMatchObject({
    answer: { kind: "offer", amountMinor: 619_00n, untilOn: "2026-12-04" }, // 650.00 − 31.67 = 618.33, up
    offeredAt: world.ctx.now(),
  });

  await promise();
  await work();
  expect(await network()).toMatchObject({ state: "active" });
  expect(await balance()).toBe(-618_33n);
  expect(await promised()).toMatchObject({ running: { amountMinor: 619_00n }, answer: { reason: "in_force" } });
  expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({ paidUntil: "2026-12-04", blocked: null });

  world.travelTo("2026-12-03");
  await work();
  expect(await network(), "the day before the last").toMatchObject({ state: "active" });

  world.travelTo("2026-12-04");
  await work();
  expect(await network()).toMatchObject({ state: "walled", cause: "credit_limit" });
  expect(await listLimits(world.ctx, anna.accountId)).toMatchObject([{ kind: "promised", outcome: "broken" }]);
  expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({
    missingMinor: 618_33n,
    recommendedMinor: 619_00n,
    paidUntil: null,
  });
  await expect(promise()).rejects.toMatchObject({ reason: "promise.too_often", details: { on: "2026-12-31" } });

  world.travelTo("2026-12-06");
  await world.pay(anna.accountId, 618_33n);
  await work();
  expect(await network()).toMatchObject({ state: "active" });
  expect(await balance()).toBe(0n);
  const charges = await rowsOf(world.ctx, sql`select 1 from charges where account_id = ${anna.accountId}`);
  expect(charges, "one a month, none for the promise").toHaveLength(2);
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
});

test("a promise that was paid back in time does not pay for the next month too", async () => {
  world.travelTo("2027-01-01");
  await work();
  await world.pay(anna.accountId, 100_00n);
  await work();
  // 100 + 3 × 5 (November, December, January) − 50 = 65 % of 650.00 = 422.00; 550.00 are missing.
  expect(await promised()).toMatchObject({ answer: { reason: "too_small", amountMinor: 128_00n } });
  await world.pay(anna.accountId, 128_00n);
  await work();
  await promise();
  await work();
  expect(await network()).toMatchObject({ state: "active" });
  await world.pay(anna.accountId, 422_00n);
  await work();
  expect((await listLimits(world.ctx, anna.accountId))[0]).toMatchObject({ outcome: "kept" });
  world.travelTo("2027-02-01");
  await work();
  expect(await network()).toMatchObject({ state: "walled", cause: "financial" });
  expect(await balance()).toBe(0n);
});
