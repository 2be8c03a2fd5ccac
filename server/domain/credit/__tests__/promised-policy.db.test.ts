import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditLog, settings } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  PROMISED_SETTING,
  readPromisedOffer,
  readPromisedSetting,
  type SetPromisedPolicyInput,
  setPromisedPolicy,
  startPromise,
} from "@/server/domain/credit";
import { createUser } from "@/server/domain/identity";
import { billAccounts } from "@/server/domain/runs";
import type { Context } from "@/server/platform/context";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
let biller: Context;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-12-01");
  const { userId } = await createUser(world.ctx, {
    role: "billing_operator",
    displayName: "Инна Счётова",
    password: "correct horse battery",
    identifiers: [{ kind: "email", value: "inna@uzel.test" }],
  });
  biller = world.as({
    kind: "user",
    userId,
    role: "billing_operator",
    name: "Инна Счётова",
    customerId: null,
    sessionId: null,
    address: null,
  });
});
afterAll(() => database.close());

/** Connected today with 31.67 of the 650.00 that are due: 618.33 are missing. */
beforeEach(async () => {
  await database.db.delete(settings).where(eq(settings.key, PROMISED_SETTING));
  anna = await world.subscriber({});
  await world.pay(anna.accountId, 31_67n);
  await billAccounts(world.ctx, { accountIds: [anna.accountId] });
});

const set = async (policy: SetPromisedPolicyInput["policy"], ctx = biller) =>
  setPromisedPolicy(ctx, { seen: (await readPromisedSetting(biller)).mark, policy });
const seenByAnna = async () => (await readPromisedOffer(world.asSubscriber(anna.customerId), anna.accountId)).answer;
const stored = async () => (await database.db.select().from(settings).where(eq(settings.key, PROMISED_SETTING)))[0];

test("what the subscriber is offered follows the change at once, and the promise is made on the new terms", async () => {
  expect(await seenByAnna()).toMatchObject({ kind: "offer", untilOn: "2026-12-04", feeMinor: 0n });
  await set({ termDays: 5, feeMinor: 30_00n });
  expect(await seenByAnna()).toMatchObject({ kind: "offer", untilOn: "2026-12-06", feeMinor: 30_00n });
  await set({ enabled: false });
  expect(await seenByAnna()).toMatchObject({ kind: "refusal", reason: "disabled" });
  await set({ termDays: 7 });
  const taken = await startPromise(world.asSubscriber(anna.customerId), { accountId: anna.accountId, consent: true });
  expect(taken).toMatchObject({ untilOn: "2026-12-08", feeMinor: 0n });
});

test("the change is kept with its author, its day and both states", async () => {
  expect(await readPromisedSetting(biller)).toMatchObject({ policy: { termDays: 3 }, isBroken: false });
  await set({ termDays: 4, feeMinor: 30_00n });
  expect(await readPromisedSetting(biller)).toMatchObject({
    policy: { termDays: 4, feeMinor: 30_00n, everyDays: 30 },
    changed: { byName: "Инна Счётова", at: biller.now() },
  });
  const [trail] = await database.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.entityId, PROMISED_SETTING))
    .orderBy(desc(auditLog.id))
    .limit(1);
  expect(trail).toMatchObject({
    action: "promise.set_policy",
    before: { termDays: 3, feeMinor: "0" },
    after: { termDays: 4, feeMinor: "3000" },
  });
  const before = await database.db.$count(auditLog, eq(auditLog.entityId, PROMISED_SETTING));
  await set({ termDays: 4, feeMinor: 30_00n });
  expect(await database.db.$count(auditLog, eq(auditLog.entityId, PROMISED_SETTING)), "the same is no change").toBe(
    before,
  );
});

test("of two who edit at once the second is told, and nothing of the first is lost", async () => {
  const { mark } = await readPromisedSetting(biller);
  const both = await Promise.allSettled([
    setPromisedPolicy(biller, { seen: mark, policy: { termDays: 5 } }),
    setPromisedPolicy(world.asStaff("admin"), { seen: mark, policy: { everyDays: 10 } }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")).toMatchObject({
    reason: { kind: "conflict", reason: "setting.changed_meanwhile" },
  });
  const { policy } = await readPromisedSetting(biller);
  expect([
    [5, 30],
    [3, 10],
  ]).toContainEqual([policy.termDays, policy.everyDays]);
});

test.each([
  [{ termDays: 0 }, "termDays", "too_small"],
  [{ termDays: 32 }, "termDays", "too_big"],
  [{ termDays: Number.NaN }, "termDays", "invalid_type"],
  [{ everyDays: 367 }, "everyDays", "too_big"],
  [{ feeMinor: -1n }, "feeMinor", "too_small"],
  [{ feeMinor: null }, "feeMinor", "invalid_type"],
  [{ feeMinor: 3_000_00n }, "feeMinor", "promise.fee_above_cap"],
  [{ debtCapMinor: 100_000_001_00n }, "debtCapMinor", "setting.sum_too_large"],
  [{ monthDayFrom: 0 }, "monthDayFrom", "too_small"],
  [{ tariffCodes: [] }, "tariffCodes", "promise.no_tariffs"],
  [{ formula: { baseBp: 200_00, maxBp: 100_00 } }, "formula.maxBp", "promise.most_below_base"],
])("%o is refused at the field, and nothing is written", async (policy, field, why) => {
  const refused = await set(policy as SetPromisedPolicyInput["policy"]).catch((error: unknown) => error);
  expect(refused).toMatchObject({ name: "ZodError" });
  const { issues } = refused as { issues: { path: PropertyKey[]; code: string; message: string }[] };
  expect(issues.map(({ path, code, message }) => [path.join("."), code === "custom" ? message : code])).toEqual([
    [`policy.${field}`, why],
  ]);
  expect(await stored()).toBeUndefined();
});

test("a tariff that is not there is refused by its code", async () => {
  await expect(set({ tariffCodes: ["never-sold"] })).rejects.toMatchObject({
    reason: "promise.unknown_tariff",
    details: { field: "policy.tariffCodes", code: "never-sold" },
  });
  expect(await stored()).toBeUndefined();
});

test("a stored value that does not fit is shown as such, with the defaults to be saved instead", async () => {
  await database.db.insert(settings).values({ key: PROMISED_SETTING, value: { termDays: 0 } });
  expect(await readPromisedSetting(biller)).toMatchObject({ isBroken: true, policy: { termDays: 3 } });
  await set({});
  expect(await readPromisedSetting(biller)).toMatchObject({ isBroken: false, policy: { termDays: 3 } });
});

test("a manager looks and does not touch; support and subscribers do neither", async () => {
  const { mark } = await readPromisedSetting(world.asStaff("manager"));
  const change = (ctx: Context) => setPromisedPolicy(ctx, { seen: mark, policy: {} });
  for (const ctx of [world.asStaff("manager"), world.asStaff("support_lead"), world.asSubscriber(anna.customerId)]) {
    await expect(change(ctx)).rejects.toMatchObject({ kind: "forbidden" });
  }
  await expect(readPromisedSetting(world.asStaff("support_agent"))).rejects.toMatchObject({ kind: "forbidden" });
});
