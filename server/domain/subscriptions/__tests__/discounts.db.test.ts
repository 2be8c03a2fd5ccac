import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { discounts } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { agreeDiscount, endDiscount } from "@/server/domain/subscriptions";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let anna: Subscriber;
let boris: Subscriber;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  [anna, boris] = [await world.subscriber({}), await world.subscriber({})];
});
afterAll(() => database.close());

const lead = () => world.asStaff("support_lead");
const rowsOf = (accountId: string) => database.db.select().from(discounts).where(eq(discounts.accountId, accountId));

test("a discount is agreed from a day and ends on the day somebody ends it", async () => {
  const { accountId } = anna;
  const { discountId } = await agreeDiscount(lead(), {
    requestKey: world.ctx.newId(),
    accountId,
    label: "За долгое ожидание",
    percentBp: 1_500,
    validFrom: "2026-11-25",
  });
  expect(await rowsOf(accountId)).toMatchObject([{ source: "personal", percentBp: 1_500, validTo: null }]);
  world.travelTo("2026-12-10");
  await endDiscount(lead(), { accountId, discountId });
  expect(await rowsOf(accountId)).toMatchObject([{ validTo: "2026-12-10" }]);
  await expect(endDiscount(lead(), { accountId, discountId })).rejects.toThrow("discount.over");
  world.travelTo("2026-11-25");
});

test("one that has not begun never will once it is ended", async () => {
  const { accountId, subscriptionId } = boris;
  const { discountId } = await agreeDiscount(lead(), {
    requestKey: world.ctx.newId(),
    accountId,
    subscriptionId,
    label: "Новый год",
    amountMinor: 100_00n,
    validFrom: "2027-01-01",
    validTo: "2027-02-01",
  });
  await endDiscount(lead(), { accountId, discountId });
  const [row] = await rowsOf(accountId);
  expect(row).toMatchObject({ validFrom: "2027-01-01", validTo: "2027-01-01" });
});

test("pressed five times at once with one key is one discount; another key is another", async () => {
  const { accountId } = await world.subscriber({});
  const order = {
    ...{ accountId, requestKey: world.ctx.newId(), label: "За ожидание", percentBp: 500 },
    ...{ validFrom: "2026-11-25", validTo: "2027-01-01" },
  };
  const answers = await Promise.all(Array.from({ length: 5 }, () => agreeDiscount(lead(), order)));
  expect(new Set(answers.map(({ discountId }) => discountId)).size).toBe(1);
  expect(await rowsOf(accountId)).toHaveLength(1);
  await expect(agreeDiscount(lead(), { ...order, percentBp: 600 })).rejects.toMatchObject({
    kind: "conflict",
    reason: "discount.key_reused",
  });
  await agreeDiscount(lead(), { ...order, requestKey: world.ctx.newId() });
  expect(await rowsOf(accountId)).toHaveLength(2);
});

test("bad discounts are refused by name and leave nothing", async () => {
  const before = await rowsOf(anna.accountId);
  const base = { requestKey: world.ctx.newId(), accountId: anna.accountId, label: "Скидка", validFrom: "2026-11-25" };
  const agree = (change: object) => agreeDiscount(lead(), { ...base, ...change });
  await expect(agree({ percentBp: 100, validFrom: "2026-11-24" })).rejects.toThrow("discount.backdated");
  await expect(agree({ percentBp: 100, validTo: "2026-11-25" })).rejects.toThrow("discount.ends_before_it_starts");
  await expect(agree({})).rejects.toThrow("discount.one_size");
  await expect(agree({ amountMinor: 5n })).rejects.toThrow("discount.sum_needs_subscription");
  await expect(agree({ percentBp: 100, subscriptionId: boris.subscriptionId })).rejects.toThrow(
    "subscription.not_found",
  );
  await expect(agreeDiscount(world.asStaff("support_agent"), { ...base, percentBp: 100 })).rejects.toThrow("forbidden");
  await expect(agreeDiscount(world.asSubscriber(anna.customerId), { ...base, percentBp: 100 })).rejects.toThrow(
    "forbidden",
  );
  const [foreign] = await rowsOf(boris.accountId);
  await expect(endDiscount(lead(), { accountId: anna.accountId, discountId: foreign?.id ?? "" })).rejects.toThrow(
    "discount.not_found",
  );
  expect(await rowsOf(anna.accountId)).toEqual(before);
});
