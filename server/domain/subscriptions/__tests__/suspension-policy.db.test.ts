import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditLog, settings } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  beginSuspension,
  readSuspension,
  readSuspensionSetting,
  type SetSuspensionPolicyInput,
  SUSPENSION_SETTING,
  setSuspensionPolicy,
} from "@/server/domain/subscriptions";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-12-01");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(settings).where(eq(settings.key, SUSPENSION_SETTING));
  anna = await world.subscriber({});
  await world.pay(anna.accountId, 1_000_00n);
});

const read = () => readSuspensionSetting(world.asStaff("billing_operator"));
const set = async (policy: SetSuspensionPolicyInput["policy"]) =>
  setSuspensionPolicy(world.asStaff("billing_operator"), { seen: (await read()).mark, policy });
const self = () => world.asSubscriber(anna.customerId);
const pause = (fromOn: string, untilOn: string) =>
  beginSuspension(self(), { accountId: anna.accountId, fromOn, untilOn });

test("what the subscriber may ask for follows the change at once", async () => {
  expect(await readSuspension(self(), anna.accountId)).toMatchObject({ policy: { minDays: 7, feeMinor: 0n } });
  await set({ minDays: 10, feeMinor: 99_00n, noticeDays: 2 });
  expect(await readSuspension(self(), anna.accountId)).toMatchObject({
    policy: { minDays: 10, feeMinor: 99_00n, noticeDays: 2 },
    terms: { earliestOn: "2026-12-03" },
  });
  await expect(pause("2026-12-03", "2026-12-11")).rejects.toMatchObject({ reason: "suspension.too_short" });
  await set({ enabled: false });
  expect(await readSuspension(self(), anna.accountId)).toMatchObject({ refusal: "disabled" });
  await expect(pause("2026-12-03", "2026-12-21")).rejects.toMatchObject({ reason: "suspension.disabled" });
  expect(await database.db.$count(auditLog, eq(auditLog.entityId, SUSPENSION_SETTING))).toBe(2);
});

test("terms that were changed since they were read are not overwritten", async () => {
  const { mark } = await read();
  await set({ maxDays: 60 });
  await expect(
    setSuspensionPolicy(world.asStaff("admin"), { seen: mark, policy: { maxDays: 30 } }),
  ).rejects.toMatchObject({ kind: "conflict", reason: "setting.changed_meanwhile" });
  expect(await read()).toMatchObject({ policy: { maxDays: 60 } });
});

test.each([
  [{ minDays: 0 }, "minDays", "too_small"],
  [{ minDays: 91 }, "minDays", "suspension.min_above_max"],
  [{ maxDays: 400 }, "maxDays", "too_big"],
  [{ everyDays: 1.5 }, "everyDays", "invalid_type"],
  [{ yearlyQuotaDays: 5 }, "yearlyQuotaDays", "suspension.quota_below_min"],
  [{ noticeDays: 61 }, "aheadDays", "suspension.ahead_below_notice"],
  [{ feeMinor: -1n }, "feeMinor", "too_small"],
  [{ feeMinor: 100_000_001_00n }, "feeMinor", "setting.sum_too_large"],
])("%o is refused at the field, and nothing is written", async (policy, field, why) => {
  const refused = await set(policy as SetSuspensionPolicyInput["policy"]).catch((error: unknown) => error);
  const { issues } = refused as { issues: { path: PropertyKey[]; code: string; message: string }[] };
  expect(issues.map(({ path, code, message }) => [path.join("."), code === "custom" ? message : code])).toEqual([
    [`policy.${field}`, why],
  ]);
  expect(await database.db.$count(settings, eq(settings.key, SUSPENSION_SETTING))).toBe(0);
});

test("a manager looks and does not touch", async () => {
  const { mark } = await readSuspensionSetting(world.asStaff("manager"));
  await expect(setSuspensionPolicy(world.asStaff("manager"), { seen: mark, policy: {} })).rejects.toMatchObject({
    kind: "forbidden",
  });
});
