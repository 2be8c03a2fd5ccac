import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog, personalPrices } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { agreePersonalPrice } from "@/server/domain/subscriptions";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
});
afterAll(() => database.close());

async function subscriber() {
  const { accountId, subscriptionId } = await world.subscriber({});
  return {
    accountId,
    agree: (validFrom: string, validTo: string | null, feeMinor = 500_00n) =>
      agreePersonalPrice(world.asStaff("support_lead"), { accountId, subscriptionId, validFrom, validTo, feeMinor }),
    prices: () => {
      const { validFrom, validTo, feeMinor } = personalPrices;
      const rows = database.db.select({ validFrom, validTo, feeMinor }).from(personalPrices);
      return rows.where(eq(personalPrices.accountId, accountId)).orderBy(asc(validFrom));
    },
  };
}

test("a price in force ends on the first day of the next one, and the trail says what it was", async () => {
  const { accountId, agree, prices } = await subscriber();
  await agree("2026-11-25", null, 600_00n);
  await agree("2026-12-15", "2027-03-01", 500_00n);
  await agree("2027-01-01", null, 550_00n);
  expect(await prices()).toEqual([
    { validFrom: "2026-11-25", validTo: "2026-12-15", feeMinor: 600_00n },
    { validFrom: "2026-12-15", validTo: "2027-01-01", feeMinor: 500_00n },
    { validFrom: "2027-01-01", validTo: null, feeMinor: 550_00n },
  ]);
  const trail = await database.db
    .select({ before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.accountId, accountId), eq(auditLog.action, "subscription.end_price")))
    .orderBy(asc(auditLog.id));
  expect(trail).toMatchObject([
    { before: { validFrom: "2026-11-25", validTo: null }, after: { validTo: "2026-12-15" } },
    { before: { validFrom: "2026-12-15", validTo: "2027-03-01" }, after: { validTo: "2027-01-01" } },
  ]);
});

test("a price that would overlap one that begins later is refused with that one's days, and nothing is written", async () => {
  const { agree, prices } = await subscriber();
  await agree("2026-12-15", "2027-03-01", 600_00n);
  const before = await prices();
  const refusal = {
    kind: "precondition",
    reason: "price.overlaps_later",
    details: { field: "validTo", from: "2026-12-15", to: "2027-03-01", feeMinor: "60000" },
  };
  await expect(agree("2026-12-01", null)).rejects.toMatchObject(refusal);
  await expect(agree("2026-12-01", "2026-12-16")).rejects.toMatchObject(refusal);
  expect(await prices()).toEqual(before);
  await agree("2026-12-01", "2026-12-15");
  expect(await prices()).toHaveLength(2);
});

test("a price that begins before today is refused with the earliest day, one from the same day takes its place", async () => {
  const { agree, prices } = await subscriber();
  await expect(agree("2020-12-01", null)).rejects.toMatchObject({
    kind: "invalid",
    reason: "price.backdated",
    details: { field: "validFrom", earliestOn: "2026-11-25" },
  });
  await agree("2026-11-25", null, 500_00n);
  await agree("2026-11-25", "2026-12-25", 450_00n);
  expect(await prices()).toEqual([{ validFrom: "2026-11-25", validTo: "2026-12-25", feeMinor: 450_00n }]);
});

test("of two agreed at one moment the second sees the first", async () => {
  const { agree, prices } = await subscriber();
  await Promise.allSettled([agree("2026-12-01", null), agree("2026-12-10", null), agree("2026-12-20", null)]);
  const rows = await prices();
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    if (next) expect(row.validTo === null || row.validTo > next.validFrom).toBe(false);
  }
  expect(rows.at(-1)).toMatchObject({ validFrom: "2026-12-20", validTo: null });
});
