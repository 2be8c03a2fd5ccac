import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, events, temporaryLimits } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { closeLimit, endDueLimits, listLimits, openLimit } from "@/server/domain/credit";
import { createService, readServices, refreshDueServices, refreshServices } from "@/server/domain/provisioning";
import { billAccounts, readNextCharge } from "@/server/domain/runs";
import { settleAccounts } from "@/server/jobs/settle-accounts";
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
  world.travelTo("2026-12-01");
  anna = await world.subscriber({});
});

const open = (changes: object = {}, ctx = world.ctx) =>
  openLimit(ctx, {
    accountId: anna.accountId,
    requestKey: world.ctx.newId(),
    amountMinor: 650_00n,
    untilOn: "2026-12-05",
    ...changes,
  });
const stateOf = async () => (await readServices(world.ctx, { accountId: anna.accountId }))[0]?.desired;
const withService = () =>
  createService(world.ctx, {
    accountId: anna.accountId,
    subscriptionId: anna.subscriptionId,
    login: `l${anna.accountNumber}`,
  });
const settle = () => settleAccounts(world.ctx, [anna.accountId]);
const jobs = async () =>
  (await database.sql`select key from graphile_worker._private_jobs where key = ${`settle_account:${anna.accountId}`}`)
    .length;

describe("opening a temporary limit", () => {
  test("leaves a row, an audit line, an event and a settling job, and no transfer", async () => {
    await database.sql`delete from graphile_worker._private_jobs`;
    const { limitId } = await open({ note: "до зарплаты" }, world.asStaff("billing_operator"));
    expect(await listLimits(world.ctx, anna.accountId)).toMatchObject([
      { id: limitId, kind: "temporary", amountMinor: 650_00n, note: "до зарплаты", closedAt: null, outcome: null },
    ]);
    expect(await database.db.select().from(auditLog).where(eq(auditLog.entityId, limitId))).toMatchObject([
      { action: "limit.open", accountId: anna.accountId },
    ]);
    const told = await database.db.select().from(events).where(eq(events.accountId, anna.accountId));
    expect(told.map((event) => event.type)).toContain("limit.opened");
    expect(await jobs()).toBe(1);
    expect(await database.sql`select 1 from transfers where account_id = ${anna.accountId}`).toHaveLength(0);
  });

  test("twice with one key is one limit; with other terms it is refused", async () => {
    const requestKey = world.ctx.newId();
    expect(await open({ requestKey })).toEqual(await open({ requestKey }));
    await expect(open({ requestKey, amountMinor: 1_00n })).rejects.toMatchObject({ reason: "limit.key_reused" });
    expect(await listLimits(world.ctx, anna.accountId)).toHaveLength(1);
  });

  test.each([
    ["a subscriber", () => world.asSubscriber(anna.customerId)],
    ["a support agent", () => world.asStaff("support_agent")],
    ["a manager", () => world.asStaff("manager")],
  ])("is not for %s", async (_who, actor) => {
    await expect(open({}, actor())).rejects.toMatchObject({ kind: "forbidden" });
    expect(await listLimits(world.ctx, anna.accountId)).toEqual([]);
  });

  test.each([
    [{ untilOn: "2026-12-01" }, "limit.ends_before_it_starts"],
    [{ fromOn: "2026-11-30" }, "limit.starts_in_the_past"],
    [{ fromOn: "2026-12-06" }, "limit.ends_before_it_starts"],
    [{ untilOn: "2028-01-01" }, "limit.too_long"],
  ])("on bad days %j is refused in words", async (changes, reason) => {
    await expect(open(changes)).rejects.toMatchObject({ kind: "invalid", reason });
    expect(await listLimits(world.ctx, anna.accountId)).toEqual([]);
  });

  test.each([
    ["a sum of nothing", { amountMinor: 0n }],
    ["a sum below zero", { amountMinor: -1n }],
    ["a day there is not", { untilOn: "2026-02-30" }],
  ])("%s is not an input", async (_what, changes) => {
    await expect(open(changes)).rejects.toMatchObject({ name: "ZodError" });
  });
});

describe("a limit in force", () => {
  test("counts as money for charging, for the network and on the screens, until its day and not after", async () => {
    await withService();
    await settle();
    expect(await stateOf()).toMatchObject({ state: "walled", cause: "financial" });
    await open();
    await settle();
    expect(await stateOf()).toMatchObject({ state: "active" });
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({
      balanceMinor: -650_00n,
      temporaryLimitMinor: 650_00n,
      blocked: null,
      // Until the limit's day, not until the month that was charged: the debt comes to light then.
      paidUntil: "2026-12-05",
      missingMinor: 1_300_00n,
    });

    world.travelTo("2026-12-05");
    expect(await refreshDueServices(world.ctx)).toMatchObject({ changed: 1 });
    expect(await stateOf()).toMatchObject({ state: "walled", cause: "credit_limit" });
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({
      temporaryLimitMinor: 0n,
      paidUntil: null,
      missingMinor: 650_00n,
    });
    await world.pay(anna.accountId, 650_00n);
    await settle();
    expect(await stateOf()).toMatchObject({ state: "active" });
  });

  test("of a later day gives nothing before it", async () => {
    await open({ fromOn: "2026-12-03", untilOn: "2026-12-10" });
    expect(await billAccounts(world.ctx, { accountIds: [anna.accountId] })).toMatchObject({ refused: 1 });
    world.travelTo("2026-12-03");
    expect(await billAccounts(world.ctx, { accountIds: [anna.accountId] })).toMatchObject({ charged: 1 });
  });

  test("that outlasts the month is counted on for the next charge", async () => {
    await open({ amountMinor: 1_300_00n, untilOn: "2027-01-10" });
    await settle();
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({
      chargeOn: "2027-01-01",
      missingMinor: 0n,
      paidUntil: "2027-01-10",
    });
  });
});

describe("the end of a limit", () => {
  test("is written down once, with an event and a settling job, by whichever worker comes first", async () => {
    // Those of the tests before.
    world.travelTo("2028-01-01");
    await endDueLimits(world.ctx);
    world.travelTo("2026-12-01");
    const { limitId } = await open();
    await database.sql`delete from graphile_worker._private_jobs`;
    expect(await endDueLimits(world.ctx)).toEqual({ ended: 0 });
    world.travelTo("2026-12-05");
    await Promise.all([endDueLimits(world.ctx), endDueLimits(world.ctx)]);
    const [row] = await database.db.select().from(temporaryLimits).where(eq(temporaryLimits.id, limitId));
    expect(row).toMatchObject({ outcome: "ended", closedAt: row?.untilAt });
    expect(await jobs()).toBe(1);
    expect(await endDueLimits(world.ctx)).toEqual({ ended: 0 });
    const log = await database.db.select().from(auditLog).where(eq(auditLog.entityId, limitId));
    expect(log.map((line) => line.action).sort()).toEqual(["limit.end", "limit.open"]);
  });

  test("taken back early the network follows, and a second time there is nothing to take back", async () => {
    await withService();
    const { limitId } = await open();
    await settle();
    expect(await stateOf()).toMatchObject({ state: "active" });
    const { accountId } = anna;
    await expect(closeLimit(world.asSubscriber(anna.customerId), { accountId, limitId })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await closeLimit(world.asStaff("support_lead"), { accountId, limitId });
    await refreshServices(world.ctx, { accountIds: [accountId] });
    expect(await stateOf()).toMatchObject({ state: "walled", cause: "credit_limit" });
    await expect(closeLimit(world.ctx, { accountId, limitId })).rejects.toMatchObject({ reason: "limit.not_found" });
    const log = await database.db.select().from(auditLog).where(eq(auditLog.entityId, limitId));
    expect(log.map((line) => line.action).sort()).toEqual(["limit.close", "limit.open"]);
  });

  test("of another account's limit cannot be had through one's own", async () => {
    const { limitId } = await open();
    const other = await world.subscriber({});
    await expect(closeLimit(world.ctx, { accountId: other.accountId, limitId })).rejects.toMatchObject({
      reason: "limit.not_found",
    });
  });
});
