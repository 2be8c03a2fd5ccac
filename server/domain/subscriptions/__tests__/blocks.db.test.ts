import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, blocks, events, settings } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { listAccounts, listBlockHistory } from "@/server/domain/crm";
import { listOperations, proveLedger, readBalance } from "@/server/domain/ledger";
import { createService, readServices, refreshDueServices } from "@/server/domain/provisioning";
import { readNextCharge } from "@/server/domain/runs";
import {
  beginSuspension,
  endSuspension,
  liftBlock,
  placeBlock,
  readSuspension,
  SUSPENSION_SETTING,
} from "@/server/domain/subscriptions";
import { settleAccounts } from "@/server/jobs/settle-accounts";
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

/** Connected on the first with 620.00 a month, paid for and on: 20.00 a day of December. */
beforeEach(async () => {
  world.travelTo("2026-12-01");
  await database.db.delete(settings).where(eq(settings.key, SUSPENSION_SETTING));
  anna = await world.subscriber({ personalFeeMinor: 620_00n });
  await createService(world.ctx, {
    accountId: anna.accountId,
    subscriptionId: anna.subscriptionId,
    login: `b${anna.accountNumber}`,
  });
  await world.pay(anna.accountId, 2_000_00n);
  await day("2026-12-01");
});

/** What the daily charge and the watch of due services do on a day. */
async function day(on: string): Promise<void> {
  world.travelTo(on);
  await settleAccounts(world.ctx, [anna.accountId], "turned");
  await refreshDueServices(world.ctx);
}
const self = () => world.asSubscriber(anna.customerId);
const state = async () => (await readServices(world.ctx, { accountId: anna.accountId }))[0]?.desired.state;
const balance = () => readBalance(world.ctx, anna.accountId);
const place = (changes: object, ctx = world.ctx) =>
  placeBlock(ctx, { accountId: anna.accountId, reason: "administrative", ...changes });
const lift = (blockId: string, ctx = world.ctx) => liftBlock(ctx, { accountId: anna.accountId, blockId });
const pause = (fromOn: string, untilOn: string, ctx = self()) =>
  beginSuspension(ctx, { accountId: anna.accountId, fromOn, untilOn });
const back = (suspensionId: string, ctx = self()) => endSuspension(ctx, { accountId: anna.accountId, suspensionId });
const policy = (value: object) => database.db.insert(settings).values({ key: SUSPENSION_SETTING, value });
const row = async (blockId: string) => (await database.db.select().from(blocks).where(eq(blocks.id, blockId)))[0];
const audited = async (blockId: string) =>
  (await database.db.select().from(auditLog).where(eq(auditLog.entityId, blockId))).map((line) => line.action).sort();
const told = (type: EventType) =>
  database.db.$count(events, and(eq(events.accountId, anna.accountId), eq(events.type, type)));

describe("a block planned for a day", () => {
  test("takes effect and ends by itself, on the network, on the screens and in what is charged", async () => {
    const { blockId } = await place({ fromOn: "2026-12-11", untilOn: "2026-12-21" });
    await day("2026-12-10");
    expect(await state()).toBe("active");
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({ blocked: null });
    const listed = async () =>
      (await listAccounts(world.asStaff("support_agent"), { query: anna.accountNumber })).accounts[0]?.state;
    expect(await listed()).toBe("active");

    await day("2026-12-11");
    expect(await state()).toBe("walled");
    expect(await listed()).toBe("blocked");
    expect(await readNextCharge(world.ctx, anna.accountId)).toMatchObject({ blocked: "administrative" });

    await day("2026-12-21");
    expect(await state()).toBe("active");
    expect(await listed()).toBe("active");
    // 2 000.00 − 620.00 + 10 days at 20.00 given back
    expect(await balance()).toBe(1_580_00n);
    await expect(lift(blockId)).rejects.toMatchObject({ reason: "block.not_found" });
  });

  test("and cancelled before it begins leaves no trace in money or service", async () => {
    const { blockId } = await place({ fromOn: "2026-12-11" });
    await lift(blockId, world.asStaff("support_agent"));
    const cancelled = await row(blockId);
    expect(cancelled?.untilAt).toEqual(cancelled?.fromAt);
    expect(await audited(blockId)).toEqual(["block.lift", "block.place"]);
    expect(await told("block.cancelled")).toBe(1);
    await expect(lift(blockId)).rejects.toMatchObject({ reason: "block.not_found" });
    await day("2026-12-20");
    expect(await state()).toBe("active");
    expect(await balance()).toBe(1_380_00n);
  });

  test("is lifted early like any other, and others stay", async () => {
    const { blockId } = await place({ untilOn: "2026-12-21" });
    const other = await place({ reason: "voluntary" });
    await day("2026-12-05");
    await lift(blockId);
    expect((await row(blockId))?.untilAt).toEqual(world.ctx.now());
    expect((await row(other.blockId))?.untilAt).toBeNull();
    const shown = await listBlockHistory(world.asStaff("support_agent"), anna.accountId);
    expect(shown.map((block) => block.id)).toEqual([other.blockId, blockId]);
  });

  test.each([
    [{ fromOn: "2026-11-30" }, "block.starts_in_the_past"],
    [{ fromOn: "2026-12-05", untilOn: "2026-12-05" }, "block.ends_before_it_starts"],
    [{ untilOn: "2026-12-01" }, "block.ends_before_it_starts"],
  ])("with days %j is refused and nothing is written", async (changes, reason) => {
    await expect(place(changes)).rejects.toMatchObject({ kind: "invalid", reason });
    expect(await database.db.$count(blocks, eq(blocks.accountId, anna.accountId))).toBe(0);
  });

  test("is not for the subscriber to place or lift", async () => {
    await expect(place({ fromOn: "2026-12-11" }, self())).rejects.toMatchObject({ kind: "forbidden" });
    const { blockId } = await place({});
    await expect(lift(blockId, self())).rejects.toMatchObject({ kind: "forbidden" });
    await expect(back(blockId), "nor to come back from").rejects.toMatchObject({ reason: "block.not_found" });
  });
});

describe("the subscriber's own pause", () => {
  test("is planned, takes effect, is not paid for, and ends by itself", async () => {
    const { suspensionId } = await pause("2026-12-11", "2026-12-21");
    expect(await audited(suspensionId)).toEqual(["suspension.begin"]);
    expect(await told("block.placed")).toBe(1);
    await day("2026-12-11");
    expect(await state()).toBe("walled");
    await day("2026-12-21");
    expect(await state()).toBe("active");
    expect(await balance()).toBe(1_580_00n);
    expect(await readSuspension(self(), anna.accountId)).toMatchObject({
      current: null,
      refusal: null,
      terms: { earliestOn: "2027-01-20", quotaLeftDays: 120 }, // 21 December + 30 days, a new year
    });
  });

  test("over the turn of the month is charged from the day of coming back", async () => {
    await pause("2026-12-20", "2027-01-11");
    await day("2027-01-01");
    // 620.00 − 12 days of December at 20.00
    expect(await balance()).toBe(1_620_00n);
    await day("2027-01-11");
    // 21 of January's 31 days at 20.00
    expect(await balance()).toBe(1_200_00n);
    expect(await state()).toBe("active");
  });

  test("asked for twice, or twice at once, is one", async () => {
    const both = await Promise.allSettled([pause("2026-12-05", "2026-12-20"), pause("2026-12-05", "2026-12-20")]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(pause("2026-12-05", "2026-12-20")).rejects.toMatchObject({ reason: "suspension.in_force" });
  });

  test("with a fee, asked for five times at once, is one and charged for once", async () => {
    await policy({ feeMinor: 61_00 });
    const pressed = await Promise.allSettled(Array.from({ length: 5 }, () => pause("2026-12-11", "2026-12-21")));
    expect(pressed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await database.db.$count(blocks, eq(blocks.accountId, anna.accountId))).toBe(1);
    expect(await balance()).toBe(1_319_00n); // 1380.00 − 61.00
  });

  test("is asked for by staff too, but not by those who only look, nor for another's account", async () => {
    await expect(pause("2026-12-05", "2026-12-20", world.asStaff("manager"))).rejects.toMatchObject({
      kind: "forbidden",
    });
    const other = await world.subscriber({});
    const stranger = world.asSubscriber(other.customerId);
    await expect(pause("2026-12-05", "2026-12-20", stranger)).rejects.toMatchObject({ reason: "account.not_found" });
    const { suspensionId } = await pause("2026-12-05", "2026-12-20", world.asStaff("support_agent"));
    await expect(back(suspensionId, stranger)).rejects.toMatchObject({ reason: "account.not_found" });
    await expect(readSuspension(stranger, anna.accountId)).rejects.toMatchObject({ reason: "account.not_found" });
    await back(suspensionId, world.asStaff("support_agent"));
  });

  test("refused by the rule says why with the figures, and writes nothing", async () => {
    await expect(pause("2026-12-05", "2026-12-07")).rejects.toMatchObject({
      kind: "precondition",
      reason: "suspension.too_short",
      details: { days: 7 },
    });
    await policy({ feeMinor: 5_000_00 });
    await expect(pause("2026-12-05", "2026-12-20")).rejects.toMatchObject({
      reason: "suspension.not_enough_money",
      details: { amountMinor: "362000" },
    });
    expect(await database.db.$count(blocks, eq(blocks.accountId, anna.accountId))).toBe(0);
  });

  test("with a fee: charged at once with its VAT, given back when it never begins, kept when it did", async () => {
    await policy({ feeMinor: 61_00 });
    const first = await pause("2026-12-11", "2026-12-21");
    expect(await balance()).toBe(1_319_00n);
    const [fee] = await listOperations(world.ctx, { accountId: anna.accountId, limit: 1 });
    expect(fee).toMatchObject({ kind: "charge", subjectId: first.suspensionId, effectMinor: -61_00n });
    await back(first.suspensionId);
    expect(await balance()).toBe(1_380_00n);
    await expect(back(first.suspensionId)).rejects.toMatchObject({ reason: "block.not_found" });
    expect(await balance()).toBe(1_380_00n);

    const second = await pause("2026-12-02", "2026-12-21");
    await day("2026-12-04");
    await back(second.suspensionId);
    await day("2026-12-04");
    // 61.00 stay, two days at 20.00 come back
    expect(await balance()).toBe(1_359_00n);
    expect(await state()).toBe("active");
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test.each([
    ["no", "suspension.no_early_return"],
    ["after_min_days", "suspension.return_later"],
  ])("whose early return is «%s» is refused once it runs, and staff may still lift it", async (earlyReturn, reason) => {
    await policy({ earlyReturn });
    const { suspensionId } = await pause("2026-12-01", "2026-12-21");
    await settleAccounts(world.ctx, [anna.accountId]);
    await day("2026-12-03");
    await expect(back(suspensionId)).rejects.toMatchObject({ kind: "precondition", reason });
    expect(await state()).toBe("walled");
    await lift(suspensionId, world.asStaff("support_agent"));
    await settleAccounts(world.ctx, [anna.accountId]);
    expect(await state()).toBe("active");
  });
});
