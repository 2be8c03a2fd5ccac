import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { blocks, boosts, charges, services, subscriptions } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { type PublishTariffInput, publishTariffs } from "@/server/domain/catalog";
import { readBalance } from "@/server/domain/ledger";
import { createServices, refreshDueServices, refreshServices } from "@/server/domain/provisioning";
import { billAccounts, readAddOnPreview, readAddOns, startAddOn, startBoost } from "@/server/domain/runs";
import { endAddOn, placeBlock } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let home: string;
let address: string;
let trial: string;
let instalment: string;
let secret: string;
let turbo: string;
let slowBoost: string;

const option = (
  code: string,
  price: Partial<PublishTariffInput["price"]>,
  change: Partial<PublishTariffInput> = {},
) => ({
  code,
  nameRu: code,
  nameEn: code,
  kind: "option" as const,
  revenueCode: "revenue:option",
  price: { newFrom: "2020-01-01", feeMinor: 150_00n, ...price },
  ...change,
});

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-21");
  home = await world.tariff({ feeMinor: 600_00n, downKbps: 100_000 });
  const boost = (kbps: number) => ({ boostHours: 24, downKbps: kbps, upKbps: kbps });
  const published = await publishTariffs(world.ctx, [
    option("address", {}),
    option("antivirus", { phases: [{ position: 1, months: 1, feeMinor: 0n, isTrial: true }] }),
    option("router", { feeMinor: 200_00n, maxCharges: 12 }),
    option("vip", {}, { isPublic: false }),
    option("turbo", { chargeMethod: "one_off", feeMinor: 50_00n }, boost(500_000)),
    option("crawl", { chargeMethod: "one_off", feeMinor: 50_00n }, boost(50_000)),
  ]);
  [address, trial, instalment, secret, turbo, slowBoost] = published.map((row) => row.tariffId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
});
afterAll(() => database.close());

/** Someone whose month is paid for and who has so much left. */
async function someone(leftMinor: bigint) {
  const person = await world.subscriber({ tariffId: home });
  // From 21 November ten of thirty days: 600 × 10 ⁄ 30 = 200 ₽.
  await world.pay(person.accountId, 200_00n + leftMinor);
  await billAccounts(world.ctx, { accountIds: [person.accountId] });
  const me: Context = world.asSubscriber(person.customerId);
  return { ...person, me, balance: () => readBalance(me, person.accountId) };
}
const running = (accountId: string) =>
  database.db.select().from(subscriptions).where(eq(subscriptions.accountId, accountId)).orderBy(asc(subscriptions.id));
const openBlocks = (accountId: string) => database.db.$count(blocks, eq(blocks.accountId, accountId));

describe("an addition", () => {
  test("is on when it is charged, for the rest of the month, as the preview said", async () => {
    const { accountId, me, balance } = await someone(100_00n);
    // 150 × 10 ⁄ 30 = 50 ₽ now, 150 ₽ a month.
    const preview = await readAddOnPreview(me, { accountId, tariffId: address });
    expect(preview).toMatchObject({ feeMinor: 150_00n, chargedNowMinor: 50_00n, missingMinor: 0n, turn: null });
    const { chargedMinor } = await startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: preview.feeMinor });
    expect(chargedMinor).toBe(50_00n);
    expect(await balance()).toBe(50_00n);
    expect((await readAddOns(me, accountId)).connected).toMatchObject([{ tariffId: address, feeMinor: 150_00n }]);
    await expect(startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: 150_00n })).rejects.toThrow(
      "addon.already_on",
    );
  });

  test("in a quantity costs so many times as much", async () => {
    const { accountId, me, balance } = await someone(500_00n);
    const preview = await readAddOnPreview(me, { accountId, tariffId: address, quantity: 3 });
    expect(preview).toMatchObject({ feeMinor: 450_00n, chargedNowMinor: 150_00n });
    await startAddOn(me, { accountId, tariffId: address, quantity: 3, agreedFeeMinor: 450_00n });
    expect(await balance()).toBe(350_00n);
  });

  test("is refused whole when money does not suffice, and the internet does not fall with it", async () => {
    const { accountId, me, balance } = await someone(49_99n);
    const preview = await readAddOnPreview(me, { accountId, tariffId: address });
    expect(preview).toMatchObject({ chargedNowMinor: 0n, missingMinor: 1n });
    await expect(startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: 150_00n })).rejects.toThrow(
      "addon.not_enough_money",
    );
    expect(await running(accountId)).toHaveLength(1);
    expect(await openBlocks(accountId)).toBe(0);
    expect(await balance()).toBe(49_99n);
  });

  test("is not sold at a price other than the one that was ticked", async () => {
    const { accountId, me } = await someone(500_00n);
    await expect(startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: 149_00n })).rejects.toMatchObject({
      reason: "addon.price_changed",
      details: { feeMinor: "15000" },
    });
    expect(await running(accountId)).toHaveLength(1);
  });

  test("switched off on its first day is given back whole", async () => {
    const { accountId, me, balance } = await someone(100_00n);
    const { subscriptionId } = await startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: 150_00n });
    await endAddOn(me, { accountId, subscriptionId });
    await billAccounts(world.ctx, { accountIds: [accountId] });
    expect(await balance()).toBe(100_00n);
    await expect(endAddOn(me, { accountId, subscriptionId })).rejects.toThrow("subscription.already_ended");
  });

  test("on trial is free, says when it turns paid and what it costs then", async () => {
    const { accountId, me } = await someone(0n);
    const { addOns } = await readAddOns(me, accountId);
    // The rest of November and the whole of December are the trial month; from January it costs 150 ₽.
    expect(addOns.find((offer) => offer.tariffId === trial)).toMatchObject({
      isTrial: true,
      feeMinor: 0n,
      chargedNowMinor: 0n,
      turn: { on: "2027-01-01", feeMinor: 150_00n },
    });
    await startAddOn(me, { accountId, tariffId: trial, agreedFeeMinor: 0n });
    expect((await readAddOns(me, accountId)).connected).toMatchObject([
      { isTrial: true, turn: { on: "2027-01-01", feeMinor: 150_00n } },
    ]);
  });

  test("whose trial was had and left is not free a second time", async () => {
    const { me, accountId } = await someone(1_000_00n);
    const { subscriptionId } = await startAddOn(me, { accountId, tariffId: trial, agreedFeeMinor: 0n });
    world.travelTo("2026-12-20");
    await endAddOn(me, { accountId, subscriptionId });
    world.travelTo("2027-01-02");
    const again = (await readAddOns(me, accountId)).addOns.find((offer) => offer.tariffId === trial);
    expect(again).toMatchObject({ isTrial: false, feeMinor: 150_00n });
    await expect(startAddOn(me, { accountId, tariffId: trial, agreedFeeMinor: 0n })).rejects.toThrow(
      "addon.price_changed",
    );
    world.travelTo("2026-11-21");
  });

  test("that is an instalment is ended by a person of the operator, not by a tap", async () => {
    const { accountId, me } = await someone(500_00n);
    const { subscriptionId } = await startAddOn(me, { accountId, tariffId: instalment, agreedFeeMinor: 200_00n });
    await expect(endAddOn(me, { accountId, subscriptionId })).rejects.toThrow("addon.instalment_runs");
    await endAddOn(world.asStaff("support_agent"), { accountId, subscriptionId });
    expect((await running(accountId)).at(-1)).toMatchObject({ endedOn: "2026-11-21", endReason: "switched_off" });
  });

  test("that is not public is the operator's to give, and the main tariff is not switched off by a tap", async () => {
    const { accountId, subscriptionId, me } = await someone(500_00n);
    expect((await readAddOns(me, accountId)).addOns.map(({ code }) => code)).toEqual([
      "address",
      "antivirus",
      "router",
    ]);
    const vip = { accountId, tariffId: secret, agreedFeeMinor: 150_00n };
    await expect(startAddOn(me, vip)).rejects.toThrow("tariff.not_found");
    await startAddOn(world.asStaff("support_agent"), vip);
    await expect(endAddOn(me, { accountId, subscriptionId })).rejects.toThrow("addon.not_an_addition");
  });

  test("waits while the account is blocked by a person, and has to have something to be added to", async () => {
    const { accountId, me } = await someone(500_00n);
    await placeBlock(world.ctx, { accountId, reason: "voluntary" });
    const wanted = { tariffId: address, agreedFeeMinor: 150_00n };
    await expect(startAddOn(me, { accountId, ...wanted })).rejects.toThrow("addon.account_blocked");
    const other = await world.subscriber({ tariffId: home });
    await expect(startAddOn(me, { accountId: other.accountId, ...wanted })).rejects.toThrow("account.not_found");
  });

  test("pressed five times at once is on once and charged once", async () => {
    const { accountId, me, balance } = await someone(500_00n);
    const press = () => startAddOn(me, { accountId, tariffId: address, agreedFeeMinor: 150_00n });
    const settled = await Promise.allSettled([press(), press(), press(), press(), press()]);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await balance()).toBe(450_00n);
    expect(await running(accountId)).toHaveLength(2);
  });
});

describe("a boost", () => {
  async function connected(leftMinor: bigint) {
    const person = await someone(leftMinor);
    const { accountId, subscriptionId, accountNumber } = person;
    await createServices(world.ctx, [{ accountId, subscriptionId, login: `u${accountNumber}` }]);
    const speed = async () => {
      const [row] = await database.db.select().from(services).where(eq(services.accountId, accountId));
      return row?.downKbps;
    };
    return { ...person, speed };
  }

  test("is charged once, raises the speed while it lasts and gives it back by itself", async () => {
    const { accountId, subscriptionId, me, balance, speed } = await connected(120_00n);
    expect((await readAddOns(me, accountId)).boosts).toMatchObject([
      { tariffId: turbo, feeMinor: 50_00n, boostHours: 24 },
    ]);
    const { fromAt, untilAt } = await startBoost(me, {
      accountId,
      tariffId: turbo,
      agreedFeeMinor: 50_00n,
      requestKey: world.ctx.newId(),
    });
    expect([fromAt, untilAt]).toEqual([world.ctx.now(), new Date(world.ctx.now().getTime() + 24 * 3_600_000)]);
    expect(await balance()).toBe(70_00n);
    await refreshServices(world.ctx, { accountIds: [accountId] });
    expect(await speed()).toBe(500_000);
    await billAccounts(world.ctx, { accountIds: [accountId] });
    expect(await balance()).toBe(70_00n);

    world.travelTo("2026-11-22");
    await refreshDueServices(world.ctx);
    expect(await speed()).toBe(100_000);
    await billAccounts(world.ctx, { accountIds: [accountId] });
    expect(await balance()).toBe(70_00n);
    const lines = await database.db
      .select()
      .from(charges)
      .where(and(eq(charges.accountId, accountId), eq(charges.kind, "one_off")));
    expect(lines).toMatchObject([{ tariffId: turbo, amountMinor: 50_00n }]);
    expect(lines[0]?.subscriptionId).not.toBe(subscriptionId);
    world.travelTo("2026-11-21");
  });

  test("bought twice lasts twice as long, one after the other", async () => {
    const { accountId, me } = await connected(500_00n);
    const press = () =>
      startBoost(me, { accountId, tariffId: turbo, agreedFeeMinor: 50_00n, requestKey: world.ctx.newId() });
    await Promise.all([press(), press()]);
    const [first, second] = await database.db
      .select()
      .from(boosts)
      .where(eq(boosts.accountId, accountId))
      .orderBy(asc(boosts.fromAt));
    expect(second?.fromAt).toEqual(first?.untilAt);
    expect((await readAddOns(me, accountId)).boosted?.running).toHaveLength(2);
  });

  test("pressed five times at once with one key is one and answers the same; another key is another boost", async () => {
    const { accountId, me, balance } = await connected(500_00n);
    const want = { accountId, tariffId: turbo, agreedFeeMinor: 50_00n, requestKey: world.ctx.newId() };
    const answers = await Promise.all(Array.from({ length: 5 }, () => startBoost(me, want)));
    expect(new Set(answers.map(({ fromAt, untilAt }) => `${fromAt.toISOString()} ${untilAt.toISOString()}`)).size).toBe(
      1,
    );
    expect(await database.db.$count(boosts, eq(boosts.accountId, accountId))).toBe(1);
    expect(await balance()).toBe(450_00n);
    // Also when money would not suffice for another one, or its price is an old one.
    expect(await startBoost(me, { ...want, agreedFeeMinor: 1n })).toEqual(answers[0]);
    await expect(startBoost(me, { ...want, tariffId: slowBoost })).rejects.toMatchObject({
      kind: "conflict",
      reason: "boost.key_reused",
    });
    const next = await startBoost(me, { ...want, requestKey: world.ctx.newId() });
    expect(next.fromAt).toEqual(answers[0]?.untilAt);
    expect(await balance()).toBe(400_00n);
    const other = await connected(500_00n);
    // A key belongs to its account: it neither finds nor hinders anything of another's.
    await startBoost(other.me, { ...want, accountId: other.accountId });
    expect(await other.balance()).toBe(450_00n);
  });

  test("is refused whole without money, at another price, when it is no faster and while the service is closed", async () => {
    const { accountId, me, balance } = await connected(49_99n);
    const want = { accountId, tariffId: turbo, agreedFeeMinor: 50_00n, requestKey: world.ctx.newId() };
    await expect(startBoost(me, want)).rejects.toThrow("addon.not_enough_money");
    await expect(startBoost(me, { ...want, agreedFeeMinor: 1n })).rejects.toThrow("addon.price_changed");
    await expect(startBoost(me, { ...want, tariffId: slowBoost })).rejects.toThrow("boost.not_faster");
    await expect(startBoost(me, { ...want, tariffId: address })).rejects.toThrow("tariff.not_found");
    await placeBlock(world.ctx, { accountId, reason: "administrative" });
    await expect(startBoost(me, want)).rejects.toThrow("addon.account_blocked");
    expect(await balance()).toBe(49_99n);
    expect(await database.db.$count(boosts, eq(boosts.accountId, accountId))).toBe(0);
  });
});
