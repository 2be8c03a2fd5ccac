import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog, discounts, promoCodes, promoRedemptions } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { endPromoCode, listPromoCodes, type PublishPromoCodeInput, publishPromoCode } from "@/server/domain/catalog";
import { redeemPromoCode, startSubscriptions } from "@/server/domain/subscriptions";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let home: string;
let tv: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  [home, tv] = [await world.tariff({ code: "home" }), await world.tariff({ code: "tv" })];
});
afterAll(() => database.close());

const promo = (code: string, change: Partial<PublishPromoCodeInput> = {}) =>
  publishPromoCode(world.asStaff("product_manager"), {
    code,
    percentBp: 2_000,
    months: 3,
    validFrom: "2026-11-25",
    ...change,
  });
const discountsOf = (accountId: string) =>
  database.db.select().from(discounts).where(eq(discounts.accountId, accountId)).orderBy(asc(discounts.id));

test("a subscriber redeems a code in any case of letters and has its discount from today for its months", async () => {
  await promo("Осень-20");
  const { accountId, customerId } = await world.subscriber({ tariffId: home });
  const redeemed = await redeemPromoCode(world.asSubscriber(customerId), {
    accountId,
    code: " осень-20 ",
    requestKey: world.ctx.newId(),
  });
  expect(redeemed).toMatchObject({ code: "ОСЕНЬ-20", percentBp: 2_000, validTo: "2027-02-25", subscriptionIds: null });
  expect(await discountsOf(accountId)).toMatchObject([
    {
      source: "promo",
      label: "ОСЕНЬ-20",
      percentBp: 2_000,
      amountMinor: null,
      subscriptionId: null,
      validFrom: "2026-11-25",
      validTo: "2027-02-25",
    },
  ]);
  const [trail] = await database.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, "promo.redeem"), eq(auditLog.accountId, accountId)));
  expect(trail?.actor).toMatch(/^user:/);
});

test("a code for some tariffs discounts the subscriptions that have them, and nobody else", async () => {
  await promo("TV-50", { percentBp: 5_000, tariffIds: [tv] });
  const { accountId } = await world.subscriber({ tariffId: home });
  const agent = world.asStaff("support_agent");
  await expect(redeemPromoCode(agent, { accountId, code: "TV-50", requestKey: world.ctx.newId() })).rejects.toThrow(
    "promo.other_tariffs",
  );
  const [added] = await startSubscriptions(world.ctx, [{ accountId, tariffId: tv, startedOn: "2026-11-25" }]);
  await redeemPromoCode(agent, { accountId, code: "TV-50", requestKey: world.ctx.newId() });
  expect(await discountsOf(accountId)).toMatchObject([{ subscriptionId: added?.subscriptionId, percentBp: 5_000 }]);
});

test("bad codes and bad redemptions are refused by name and leave nothing", async () => {
  const manager = world.asStaff("product_manager");
  const { promoCodeId } = await promo("ONCE");
  await promo("LATER", { validFrom: "2026-12-01" });
  await expect(promo("once")).rejects.toThrow("promo.code_taken");
  await expect(promo("PAST", { validFrom: "2026-11-24" })).rejects.toThrow("promo.backdated");
  await expect(promo("BOTH", { amountMinor: 1n })).rejects.toThrow("discount.one_size");
  await expect(promo("NEITHER", { percentBp: null })).rejects.toThrow("discount.one_size");
  await expect(promo("MINUS", { percentBp: null, amountMinor: -1n })).rejects.toThrow("price.negative");
  await expect(promo("!", {})).rejects.toThrow("promo.code_malformed");
  await expect(promo("NOBODY", { tariffIds: [world.ctx.newId()] })).rejects.toThrow("tariff.not_found");
  await expect(
    publishPromoCode(world.asStaff("support_lead"), { code: "MINE", percentBp: 1, validFrom: "2026-11-25" }),
  ).rejects.toThrow("access.forbidden");

  const { accountId, customerId } = await world.subscriber({ tariffId: home });
  const other = await world.subscriber({ tariffId: home });
  const me = world.asSubscriber(customerId);
  const redeem = (code: string, account = accountId) =>
    redeemPromoCode(me, { accountId: account, code, requestKey: world.ctx.newId() });
  await expect(redeem("NOSUCH")).rejects.toThrow("promo.unknown");
  await expect(redeem("LATER")).rejects.toThrow("promo.not_yet");
  await expect(redeem("ONCE", other.accountId)).rejects.toThrow("account.not_found");
  await redeem("ONCE");
  await expect(redeem("ONCE")).rejects.toThrow("promo.already_redeemed");
  await endPromoCode(manager, { promoCodeId });
  await expect(
    redeemPromoCode(world.ctx, { accountId: other.accountId, code: "ONCE", requestKey: world.ctx.newId() }),
  ).rejects.toThrow("promo.over");
  await expect(endPromoCode(manager, { promoCodeId })).rejects.toThrow("promo.over");
  expect(await discountsOf(accountId)).toHaveLength(1);
  expect(await discountsOf(other.accountId)).toHaveLength(0);
  expect((await listPromoCodes(manager)).find(({ code }) => code === "ONCE")).toMatchObject({ redeemed: 1 });
});

test("whoever guesses at codes is stopped for a while, also when the next guess is right", async () => {
  await promo("GUESSED");
  const { accountId, customerId } = await world.subscriber({ tariffId: home });
  const me = world.asSubscriber(customerId);
  for (let guess = 0; guess < 10; guess += 1) {
    await expect(
      redeemPromoCode(me, { accountId, code: `GUESS-${guess}`, requestKey: world.ctx.newId() }),
    ).rejects.toThrow("promo.unknown");
  }
  await expect(redeemPromoCode(me, { accountId, code: "GUESSED", requestKey: world.ctx.newId() })).rejects.toThrow(
    "promo.too_many_attempts",
  );
  await redeemPromoCode(world.asStaff("support_agent"), { accountId, code: "GUESSED", requestKey: world.ctx.newId() });
});

test("fifty people at once take exactly the seven there are, each once", async () => {
  const { promoCodeId } = await promo("SEVEN", { totalLimit: 7 });
  const people = [];
  for (let made = 0; made < 25; made += 1) people.push(await world.subscriber({ tariffId: home }));
  // Everyone presses twice.
  const settled = await Promise.allSettled(
    [...people, ...people].map(({ accountId, customerId }) =>
      redeemPromoCode(world.asSubscriber(customerId), { accountId, code: "SEVEN", requestKey: world.ctx.newId() }),
    ),
  );
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
  const reasons = settled.flatMap((one) =>
    one.status === "rejected" ? [(one.reason as { reason: string }).reason] : [],
  );
  expect(reasons.filter((reason) => reason !== "promo.used_up" && reason !== "promo.already_redeemed")).toEqual([]);
  const taken = await database.db.select().from(promoRedemptions).where(eq(promoRedemptions.promoCodeId, promoCodeId));
  expect(taken.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(new Set(taken.map(({ customerId }) => customerId)).size).toBe(7);
  expect(await database.db.$count(discounts, eq(discounts.label, "SEVEN"))).toBe(7);
  expect(await database.db.select().from(promoCodes).where(eq(promoCodes.id, promoCodeId))).toMatchObject([
    { redeemed: 7 },
  ]);
});

test("a code for several times, pressed five times at once with one key, is redeemed once; another key is the second time", async () => {
  const { promoCodeId } = await promo("TWICE", { perCustomerLimit: 2, tariffIds: [home] });
  const { accountId, customerId, subscriptionId } = await world.subscriber({ tariffId: home });
  const [second] = await startSubscriptions(world.ctx, [{ accountId, tariffId: home, startedOn: "2026-11-25" }]);
  const me = world.asSubscriber(customerId);
  const press = { accountId, code: "twice", requestKey: world.ctx.newId() };
  const answers = await Promise.all(Array.from({ length: 5 }, () => redeemPromoCode(me, press)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect([...(answers[0]?.subscriptionIds ?? [])].sort()).toEqual([subscriptionId, second?.subscriptionId].sort());
  expect(await discountsOf(accountId)).toHaveLength(2);
  const taken = () => database.db.$count(promoRedemptions, eq(promoRedemptions.promoCodeId, promoCodeId));
  expect(await taken()).toBe(1);
  await expect(redeemPromoCode(me, { ...press, code: "ACCESS" })).rejects.toThrow("promo.key_reused");
  await redeemPromoCode(me, { ...press, requestKey: world.ctx.newId() });
  expect(await taken()).toBe(2);
  expect(await redeemPromoCode(me, press)).toEqual(answers[0]);
});
