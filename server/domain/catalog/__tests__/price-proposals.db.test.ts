import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLog, priceProposals, tariffPhases, tariffPrices } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import {
  approvePrice,
  listPriceProposals,
  proposePrice,
  publishPrice,
  rejectPrice,
  withdrawPrice,
} from "@/server/domain/catalog";
import type { Context } from "@/server/platform/context";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let author: Context;
let second: Context;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  [author, second] = [world.asStaff("product_manager"), world.asStaff("admin")];
});
afterAll(() => database.close());

const price = (tariffId: string) => ({
  tariffId,
  newFrom: "2026-12-01",
  existingFrom: "2027-02-01",
  feeMinor: 700_00n,
  phases: [{ position: 1, months: 2, feeMinor: 350_00n }],
});
const versionsOf = (tariffId: string) => database.db.$count(tariffPrices, eq(tariffPrices.tariffId, tariffId));

test("what one person proposed another publishes, word for word", async () => {
  const tariffId = await world.tariff();
  const { proposalId } = await proposePrice(author, price(tariffId));
  expect(await versionsOf(tariffId)).toBe(1);
  expect(await listPriceProposals(second, { state: "proposed" })).toMatchObject([
    { id: proposalId, price: { feeMinor: 700_00n, phases: [{ feeMinor: 350_00n }] }, isOwn: false },
  ]);
  expect(await approvePrice(second, { proposalId })).toEqual({ version: 2 });
  const [published] = await database.db.select().from(tariffPrices).where(eq(tariffPrices.version, 2));
  expect(published).toMatchObject({ tariffId, newFrom: "2026-12-01", existingFrom: "2027-02-01", feeMinor: 700_00n });
  expect(await database.db.select().from(tariffPhases)).toMatchObject([{ tariffId, version: 2, feeMinor: 350_00n }]);
  expect(await listPriceProposals(author, { tariffId })).toMatchObject([
    { state: "approved", version: 2, isOwn: true },
  ]);
  const trail = await database.db.select().from(auditLog).where(eq(auditLog.entityId, proposalId));
  expect(trail.map(({ action }) => action)).toEqual(["price.propose", "price.approve"]);
  expect(new Set(trail.map(({ actor }) => actor)).size).toBe(2);
});

test("nobody decides on their own proposal, no machine and no other role on any", async () => {
  const tariffId = await world.tariff();
  const { proposalId } = await proposePrice(author, price(tariffId));
  await expect(approvePrice(author, { proposalId })).rejects.toThrow("proposal.own");
  await expect(rejectPrice(author, { proposalId, reason: "передумал" })).rejects.toThrow("proposal.own");
  for (const ctx of [world.ctx, world.asStaff("billing_operator"), world.asStaff("manager")]) {
    await expect(approvePrice(ctx, { proposalId })).rejects.toThrow("access.forbidden");
    await expect(proposePrice(ctx, price(tariffId))).rejects.toThrow("access.forbidden");
  }
  expect(await versionsOf(tariffId)).toBe(1);
});

test("a rejection has a reason, a withdrawal is the author's own, and what was decided is not decided again", async () => {
  const tariffId = await world.tariff();
  const first = await proposePrice(author, price(tariffId));
  await expect(proposePrice(second, price(tariffId))).rejects.toThrow("proposal.one_open");
  await expect(rejectPrice(second, { ...first, reason: " " })).rejects.toThrow("proposal.reason_too_short");
  await rejectPrice(second, { ...first, reason: "слишком резко" });
  await expect(approvePrice(second, first)).rejects.toThrow("proposal.decided");
  const again = await proposePrice(author, price(tariffId));
  await expect(withdrawPrice(second, again)).rejects.toThrow("proposal.not_own");
  await withdrawPrice(author, again);
  await expect(withdrawPrice(author, again)).rejects.toThrow("proposal.decided");
  await expect(approvePrice(second, { proposalId: world.ctx.newId() })).rejects.toThrow("proposal.not_found");
  expect((await listPriceProposals(author, { tariffId })).map(({ state, reason }) => [state, reason])).toEqual([
    ["withdrawn", null],
    ["rejected", "слишком резко"],
  ]);
  expect(await versionsOf(tariffId)).toBe(1);
});

test("a proposal that its date or another version overtook is refused by name and goes on waiting", async () => {
  const tariffId = await world.tariff();
  const { proposalId } = await proposePrice(author, price(tariffId));
  await publishPrice(world.ctx, { tariffId, newFrom: "2026-12-01", feeMinor: 1n });
  await expect(approvePrice(second, { proposalId })).rejects.toMatchObject({
    reason: "price.overlaps",
    details: { version: 2 },
  });
  world.travelTo("2026-12-02");
  await expect(approvePrice(second, { proposalId })).rejects.toThrow("price.backdated");
  await expect(proposePrice(author, price(await world.tariff()))).rejects.toThrow("price.backdated");
  world.travelTo("2026-11-25");
  const [waiting] = await database.db.select().from(priceProposals).where(eq(priceProposals.id, proposalId));
  expect(waiting).toMatchObject({ state: "proposed", decidedBy: null, version: null });
  expect(await versionsOf(tariffId)).toBe(2);
});

test("two people approving at once publish one version", async () => {
  const tariffId = await world.tariff();
  const { proposalId } = await proposePrice(author, price(tariffId));
  const others = [second, world.asStaff("admin"), world.asStaff("product_manager")];
  const settled = await Promise.allSettled(others.map((ctx) => approvePrice(ctx, { proposalId })));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await versionsOf(tariffId)).toBe(2);
});
