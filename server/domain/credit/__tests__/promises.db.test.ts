import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, events, settings, temporaryLimits } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  endDueLimits,
  PROMISED_SETTING,
  readPromisedOffer,
  sendOffer,
  settlePromises,
  startPromise,
} from "@/server/domain/credit";
import { listOperations, proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, listCharges } from "@/server/domain/runs";
import { placeBlock } from "@/server/domain/subscriptions";
import type { EventType } from "@/server/platform/events";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-12-01");
});
afterAll(() => database.close());

/** Connected today with 31.67 of the 650.00 that are due: 618.33 are missing and the service is shut. */
beforeEach(async () => {
  world.travelTo("2026-12-01");
  await database.db.delete(settings).where(eq(settings.key, PROMISED_SETTING));
  anna = await world.subscriber({});
  await world.pay(anna.accountId, 31_67n);
  await bill();
});

const bill = () => billAccounts(world.ctx, { accountIds: [anna.accountId] });
const policy = (value: object) => database.db.insert(settings).values({ key: PROMISED_SETTING, value });
const promise = (ctx = world.asSubscriber(anna.customerId), consent = true) =>
  startPromise(ctx, { accountId: anna.accountId, consent });
const answer = async () => (await readPromisedOffer(world.ctx, anna.accountId)).answer;
const told = (type: EventType) =>
  database.db.$count(events, and(eq(events.accountId, anna.accountId), eq(events.type, type)));
const rows = () => database.db.select().from(temporaryLimits).where(eq(temporaryLimits.accountId, anna.accountId));
const transfersOf = () =>
  database.sql`select kind, credit, amount_minor::int as amount from transfers where account_id = ${anna.accountId} order by number`;

describe("taking a promise", () => {
  test("by the subscriber: a limit with its audit, event and job, no money, and the charge that failed passes", async () => {
    await database.sql`delete from graphile_worker._private_jobs`;
    const taken = await promise();
    expect(taken).toMatchObject({ amountMinor: 619_00n, feeMinor: 0n, untilOn: "2026-12-04" });
    expect(await rows()).toMatchObject([{ kind: "promised", amountMinor: 619_00n, closedAt: null, id: taken.limitId }]);
    expect(await database.db.select().from(auditLog).where(eq(auditLog.entityId, taken.limitId))).toMatchObject([
      { action: "promise.start", after: expect.objectContaining({ consent: true, amountMinor: "61900" }) },
    ]);
    expect(await told("promise.started")).toBe(1);
    expect(
      await database.sql`select 1 from graphile_worker._private_jobs where key = ${`settle_account:${anna.accountId}`}`,
    ).toHaveLength(1);
    expect(await readBalance(world.ctx, anna.accountId), "a promise is never money").toBe(31_67n);
    expect(await bill()).toMatchObject({ charged: 1, chargedMinor: 650_00n });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(-618_33n);
  });

  test("twice, or twice at once, is one promise", async () => {
    const both = await Promise.allSettled([promise(), promise()]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(promise()).rejects.toMatchObject({ kind: "precondition", reason: "promise.in_force" });
    expect(await rows()).toHaveLength(1);
  });

  test("with a fee, pressed five times at once, is one promise and one fee", async () => {
    await policy({ feeMinor: 10_00 });
    const pressed = await Promise.allSettled(Array.from({ length: 5 }, () => promise()));
    expect(pressed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
    expect(await readBalance(world.ctx, anna.accountId)).toBe(21_67n); // 31.67 − 10.00
  });

  test("by staff for the subscriber, but not by those who only look", async () => {
    for (const role of ["manager", "product_manager"] as const) {
      await expect(promise(world.asStaff(role))).rejects.toMatchObject({ kind: "forbidden" });
    }
    await promise(world.asStaff("support_agent"));
    expect(await rows()).toMatchObject([{ grantedBy: expect.stringMatching(/^user:/) }]);
  });

  test("for another's account looks like one that is not there", async () => {
    const other = await world.subscriber({});
    await expect(promise(world.asSubscriber(other.customerId))).rejects.toMatchObject({ reason: "account.not_found" });
    expect(await rows()).toEqual([]);
  });

  test("wants the consent where the operator does", async () => {
    await expect(promise(undefined, false)).rejects.toMatchObject({ reason: "promise.consent_required" });
    expect(await rows()).toEqual([]);
    await policy({ consentRequired: false });
    await promise(undefined, false);
    expect(await rows()).toHaveLength(1);
  });

  test("with a fee charges it in the book, with its VAT, out of the promise itself", async () => {
    await policy({ feeMinor: 10_00 });
    const taken = await promise();
    expect(taken).toMatchObject({ amountMinor: 629_00n, feeMinor: 10_00n }); // 618.33 + 10.00, up
    expect((await transfersOf()).slice(-2)).toEqual([
      { kind: "charge", credit: "revenue:promised", amount: 8_20 },
      { kind: "charge_vat", credit: "vat:22", amount: 1_80 }, // 10.00 × 22 / 122 = 1.803
    ]);
    const [latest] = await listOperations(world.ctx, { accountId: anna.accountId, limit: 1 });
    expect(latest).toMatchObject({ kind: "charge", effectMinor: -10_00n, subjectId: taken.limitId });
    const [line] = await listCharges(world.ctx, { accountId: anna.accountId, from: world.today(), to: world.today() });
    expect(line).toMatchObject({ kind: "promised_fee", subscriptionId: taken.limitId, amountMinor: 10_00n });
    expect(await bill()).toMatchObject({ charged: 1 });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(-628_33n);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test("when a setting makes no sense nothing is promised", async () => {
    await policy({ termDays: 0 });
    await expect(promise()).rejects.toMatchObject({ name: "ZodError" });
    expect(await rows()).toEqual([]);
  });
});

describe("what the rule is told", () => {
  test("nothing is missing: not needed", async () => {
    await world.pay(anna.accountId, 618_33n);
    await bill();
    expect(await answer()).toMatchObject({ reason: "not_needed" });
  });

  test("an operator's block is not mended by a promise", async () => {
    await placeBlock(world.ctx, { accountId: anna.accountId, reason: "administrative" });
    expect(await answer()).toMatchObject({ reason: "blocked" });
  });

  test("a second one wants its days and a real payment in between", async () => {
    await promise();
    await bill();
    world.travelTo("2026-12-04");
    await endDueLimits(world.ctx);
    expect(await answer()).toMatchObject({ reason: "too_often", on: "2026-12-31" });
    world.travelTo("2026-12-31");
    expect(await answer()).toMatchObject({ reason: "payment_required" });
    await world.pay(anna.accountId, 1_00n);
    // 100 + 5 (December's payments) − 50 (the broken one) = 55 % of 650.00 = 357.00; 617.33 are owed, up to 618.00.
    expect(await answer()).toMatchObject({ reason: "too_small", amountMinor: 261_00n });
  });

  test("only holders of the operator's tariffs", async () => {
    await policy({ tariffCodes: ["another"] });
    expect(await answer()).toMatchObject({ reason: "tariff_not_covered" });
  });
});

describe("the offer by itself", () => {
  const send = (ctx = world.ctx) => sendOffer(ctx, { accountId: anna.accountId });

  test("is asked for by the refused charge, told once a shortage, and shown", async () => {
    const queued =
      await database.sql`select payload from graphile_worker.jobs j join graphile_worker._private_jobs using (id) where j.task_identifier = 'offer_promise'`;
    expect(JSON.stringify(queued)).toContain(anna.accountId);
    expect(await Promise.all([send(), send()])).toContainEqual({ offered: true });
    expect(await send()).toEqual({ offered: false });
    expect(await told("promise.offered")).toBe(1);
    expect(await readPromisedOffer(world.ctx, anna.accountId)).toMatchObject({ offeredAt: world.ctx.now() });
  });

  test("is made anew when the money ends again", async () => {
    await send();
    await world.pay(anna.accountId, 618_33n);
    await bill();
    world.travelTo("2027-01-01");
    await bill();
    expect((await readPromisedOffer(world.ctx, anna.accountId)).offeredAt).toBeNull();
    expect(await send()).toEqual({ offered: true });
  });

  test("is not made to whom the rule gives none, nor when the operator wants none, nor by people", async () => {
    await policy({ automaticOffer: false });
    expect(await send()).toEqual({ offered: false });
    await database.db.delete(settings).where(eq(settings.key, PROMISED_SETTING));
    await promise();
    expect(await send()).toEqual({ offered: false });
    expect(await told("promise.offered")).toBe(0);
    await expect(send(world.asSubscriber(anna.customerId))).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("the end of a promise", () => {
  const settle = () => settlePromises(world.ctx, [anna.accountId]);

  test("paid back it is kept and closed, so that the credit is not spent again", async () => {
    await promise();
    await bill();
    expect(await settle()).toEqual({ kept: 0 });
    await world.pay(anna.accountId, 618_33n);
    expect(await Promise.all([settle(), settle()])).toContainEqual({ kept: 1 });
    expect(await settle()).toEqual({ kept: 0 });
    expect(await rows()).toMatchObject([{ outcome: "kept", closedAt: world.ctx.now() }]);
    expect(await told("promise.kept")).toBe(1);
    await expect(settlePromises(world.asSubscriber(anna.customerId), [anna.accountId])).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("a ruble is not a kept promise", async () => {
    await promise();
    await bill();
    await world.pay(anna.accountId, 1_00n);
    expect(await settle()).toEqual({ kept: 0 });
  });

  test("at its date it is broken with a debt and kept without one", async () => {
    const boris = anna;
    await promise();
    await bill();
    anna = await world.subscriber({});
    await bill();
    await promise();
    world.travelTo("2026-12-04");
    await endDueLimits(world.ctx);
    expect(await rows(), "taken, never used").toMatchObject([{ outcome: "kept" }]);
    anna = boris;
    expect(await rows()).toMatchObject([{ outcome: "broken" }]);
    expect(await told("promise.broken")).toBe(1);
  });
});
