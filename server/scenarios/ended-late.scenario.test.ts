import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { readBalance } from "@/server/domain/ledger";
import { billAccounts } from "@/server/domain/runs";
import { endSubscription } from "@/server/domain/subscriptions";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-01-01");
});
afterAll(() => database.close());

/** Charged 600.00 for November on its first day; today is the 25th. */
async function leaver(startedOn = "2026-11-01") {
  world.travelTo(startedOn);
  const tariffId = await world.tariff({ feeMinor: 600_00n });
  const { accountId, subscriptionId } = await world.subscriber({ tariffId });
  world.travelTo("2026-11-01");
  await world.pay(accountId, 600_00n);
  await billAccounts(world.ctx, { accountIds: [accountId] });
  world.travelTo("2026-11-25");
  await database.sql`delete from graphile_worker._private_jobs`;
  return {
    accountId,
    end: (endedOn: string) =>
      endSubscription(world.asStaff("support_agent"), { accountId, subscriptionId, endedOn, reason: "left" }),
    balance: () => readBalance(world.ctx, accountId),
    jobs: () => rowsOf(world.ctx, sql`select key from graphile_worker._private_jobs`),
  };
}

test("who left ten days ago is settled at once: the unused days are given back before the night", async () => {
  const { accountId, end, balance, jobs } = await leaver();
  await end("2026-11-16");
  expect(await jobs()).toEqual([{ key: `settle_account:${accountId}` }]);
  await settleAccounts(world.ctx, [accountId]);
  // 15 of 30 days.
  expect(await balance()).toBe(300_00n);
});

test("on the earliest day that is possible the days of the month before come back too", async () => {
  world.travelTo("2026-10-01");
  const tariffId = await world.tariff({ feeMinor: 600_00n });
  const { accountId, subscriptionId } = await world.subscriber({ tariffId });
  await world.pay(accountId, 1_200_00n);
  for (const day of ["2026-10-01", "2026-11-01"]) {
    world.travelTo(day);
    await billAccounts(world.ctx, { accountIds: [accountId] });
  }
  world.travelTo("2026-11-25");
  const endedOn = "2026-10-26";
  await endSubscription(world.asStaff("support_agent"), { accountId, subscriptionId, endedOn, reason: "left" });
  await settleAccounts(world.ctx, [accountId]);
  // November whole, and 6 of October's 31 days.
  expect(await readBalance(world.ctx, accountId)).toBe(600_00n + 116_13n);
});

test("an end of more than thirty days ago is refused with the earliest day, and nothing is written", async () => {
  const { end, jobs } = await leaver("2026-01-01");
  await expect(end("2026-01-10")).rejects.toMatchObject({
    kind: "invalid",
    reason: "subscription.end_too_long_ago",
    details: { field: "endedOn", earliestOn: "2026-10-26" },
  });
  await expect(end("2026-10-25")).rejects.toMatchObject({ reason: "subscription.end_too_long_ago" });
  expect(await jobs()).toEqual([]);
  await end("2026-10-26");
});

test("a subscription that began within those days may not end before it began", async () => {
  const { end } = await leaver("2026-11-01");
  await expect(end("2026-10-31")).rejects.toMatchObject({
    reason: "subscription.ends_before_it_starts",
    details: { field: "endedOn", startedOn: "2026-11-01" },
  });
});
