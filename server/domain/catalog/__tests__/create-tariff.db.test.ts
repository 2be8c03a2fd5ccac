import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, priceProposals, tariffPrices, tariffs, vatRates } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  approvePrice,
  type CreateTariffInput,
  createTariff,
  endSale,
  proposePrice,
  readCatalog,
  rejectPrice,
  reopenSale,
} from "@/server/domain/catalog";
import { changeTariff, readTariffChoices } from "@/server/domain/runs";
import { startSubscriptions } from "@/server/domain/subscriptions";
import type { Context } from "@/server/platform/context";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let author: Context;
let second: Context;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  [author, second] = [world.asStaff("product_manager"), world.asStaff("admin")];
});
afterAll(() => database.close());

const PRICE = { newFrom: "2026-11-25", feeMinor: 700_00n };
const wanted = (changes: Partial<CreateTariffInput> = {}): CreateTariffInput => {
  made += 1;
  return {
    code: `new-${made}`,
    nameRu: "Новый",
    nameEn: "New",
    kind: "internet",
    downKbps: 500_000,
    upKbps: 500_000,
    revenueCode: "revenue:internet",
    price: PRICE,
    ...changes,
  };
};
const statusOf = async (tariffId: string) =>
  (await database.db.select().from(tariffs).where(eq(tariffs.id, tariffId)))[0]?.status;
const offeredTo = async ({ accountId, subscriptionId, customerId }: Awaited<ReturnType<World["subscriber"]>>) =>
  (await readTariffChoices(world.asSubscriber(customerId), { accountId, subscriptionId })).choices.map(
    (choice) => choice.tariffId,
  );
const connect = (tariffId: string, accountId: string, ctx: Context = world.ctx) =>
  startSubscriptions(ctx, [{ accountId, tariffId, startedOn: "2026-11-25" }]);

describe("a new tariff", () => {
  test("is sold when a second person has published its first price, and to nobody before", async () => {
    const anna = await world.subscriber({});
    const { tariffId, proposalId } = await createTariff(author, wanted());
    expect(await statusOf(tariffId)).toBe("draft");
    expect(await offeredTo(anna)).not.toContain(tariffId);
    await expect(connect(tariffId, anna.accountId)).rejects.toMatchObject({ reason: "tariff.not_on_sale" });
    const { accountId, subscriptionId } = anna;
    const change = () =>
      changeTariff(world.asStaff("support_agent"), {
        accountId,
        subscriptionId,
        toTariffId: tariffId,
        when: "next_period",
      });
    await expect(change()).rejects.toMatchObject({ reason: "tariff.not_found" });
    await expect(approvePrice(author, { proposalId })).rejects.toMatchObject({ reason: "proposal.own" });

    expect(await approvePrice(second, { proposalId })).toEqual({ version: 1 });
    expect(await statusOf(tariffId)).toBe("published");
    expect((await readCatalog(author)).tariffs.get(tariffId)).toMatchObject({
      status: "published",
      prices: [{ version: 1, feeMinor: 700_00n, newFrom: "2026-11-25" }],
    });
    expect(await offeredTo(anna)).toContain(tariffId);
    await change();
    const trail = await database.db.select().from(auditLog).where(eq(auditLog.entityId, tariffId));
    expect(trail.map(({ action, after }) => [action, (after as { status?: string }).status])).toEqual([
      ["tariff.create", "draft"],
      ["tariff.publish_price", "published"],
    ]);
  });

  test("whose price was rejected stays unsold until another is published", async () => {
    const { tariffId, proposalId } = await createTariff(author, wanted());
    await rejectPrice(second, { proposalId, reason: "слишком дорого" });
    expect(await statusOf(tariffId)).toBe("draft");
    await expect(reopenSale(second, { tariffId })).rejects.toMatchObject({ reason: "tariff.not_off_sale" });
    const again = await proposePrice(author, { tariffId, ...PRICE, feeMinor: 600_00n });
    await approvePrice(second, again);
    expect(await statusOf(tariffId)).toBe("published");
  });

  test("of a code that is taken is refused at its field, once even when two press at once", async () => {
    const input = wanted();
    const both = await Promise.allSettled([createTariff(author, input), createTariff(second, input)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")).toMatchObject({
      reason: { kind: "conflict", reason: "tariff.code_taken", details: { field: "code" } },
    });
    expect(await database.db.$count(tariffs, eq(tariffs.code, input.code))).toBe(1);
  });

  const counts = () => Promise.all([tariffs, priceProposals, tariffPrices].map((table) => database.db.$count(table)));

  test.each<[Partial<CreateTariffInput>, string, string]>([
    [{ code: "С пробелом" }, "code", "invalid_format"],
    [{ nameRu: " " }, "nameRu", "too_small"],
    [{ downKbps: null }, "downKbps", "tariff.speed_missing"],
    [{ upKbps: 0 }, "upKbps", "too_small"],
    [{ revenueCode: "income" }, "revenueCode", "invalid_format"],
    [{ boostHours: 24 }, "boostHours", "tariff.boost_incomplete"],
    [{ price: { ...PRICE, feeMinor: -1n } }, "price.feeMinor", "price.negative"],
    [{ price: { ...PRICE, newFrom: "2026-02-30" } }, "price.newFrom", "day.malformed"],
    [{ price: { ...PRICE, existingFrom: "2026-11-24" } }, "price.existingFrom", "price.existing_before_new"],
  ])("with %o is refused at the field, and nothing is half-written", async (changes, field, why) => {
    const before = await counts();
    const refused = await createTariff(author, wanted(changes)).catch((error: unknown) => error);
    const { issues } = refused as { issues: { path: PropertyKey[]; code: string; message: string }[] };
    expect(issues.map(({ path, code, message }) => [path.join("."), code === "custom" ? message : code])).toEqual([
      [field, why],
    ]);
    expect(await counts()).toEqual(before);
  });

  test("that begins in the past, or on a day its VAT has no rate for, is refused and nothing is half-written", async () => {
    const before = await counts();
    await expect(createTariff(author, wanted({ price: { ...PRICE, newFrom: "2026-11-24" } }))).rejects.toMatchObject({
      reason: "price.backdated",
      details: { field: "newFrom" },
    });
    await database.db.delete(vatRates).where(eq(vatRates.code, "usn7"));
    await expect(createTariff(author, wanted({ vatCode: "usn7" }))).rejects.toMatchObject({
      reason: "vat.no_rate",
      details: { field: "vatCode", code: "usn7" },
    });
    expect(await counts()).toEqual(before);
  });

  test("is nobody's but a product manager's and an administrator's", async () => {
    for (const ctx of [world.ctx, world.asStaff("billing_operator"), world.asStaff("manager")]) {
      await expect(createTariff(ctx, wanted())).rejects.toMatchObject({ kind: "forbidden" });
    }
    for (const role of ["billing_operator", "support_lead", "manager"] as const) {
      const tariffId = await world.tariff();
      await expect(endSale(world.asStaff(role), { tariffId })).rejects.toMatchObject({ kind: "forbidden" });
      await expect(reopenSale(world.asStaff(role), { tariffId })).rejects.toMatchObject({ kind: "forbidden" });
    }
  });
});

describe("the end of a sale", () => {
  test("leaves it to whoever has it, offers it to nobody else, and is taken back", async () => {
    const tariffId = await world.tariff({ feeMinor: 500_00n });
    const [holder, other] = [await world.subscriber({ tariffId }), await world.subscriber({})];
    expect(await offeredTo(other)).toContain(tariffId);
    await endSale(author, { tariffId });
    await expect(endSale(author, { tariffId })).rejects.toMatchObject({ reason: "tariff.not_on_sale" });
    expect(await offeredTo(other)).not.toContain(tariffId);
    await expect(connect(tariffId, other.accountId, world.asStaff("support_agent"))).rejects.toMatchObject({
      reason: "tariff.not_on_sale",
    });
    // What was sold in the past may still be brought in, and whoever has it is charged as before.
    await connect(tariffId, other.accountId);
    const { present } = await readTariffChoices(world.asSubscriber(holder.customerId), holder);
    expect(present).toMatchObject({ tariffId, feeMinor: 500_00n });
    await reopenSale(author, { tariffId });
    await expect(reopenSale(author, { tariffId })).rejects.toMatchObject({ reason: "tariff.not_off_sale" });
    expect(await statusOf(tariffId)).toBe("published");
    expect(await offeredTo(await world.subscriber({}))).toContain(tariffId);
    const trail = await database.db.select().from(auditLog).where(eq(auditLog.entityId, tariffId));
    expect(trail.map(({ action }) => action)).toEqual(["tariff.publish", "tariff.end_sale", "tariff.reopen_sale"]);
  });
});
