import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleParts, bundles } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { endBundle, type PublishBundleInput, publishBundle } from "@/server/domain/catalog";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let tariffIds: [string, string, string];

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  tariffIds = [await world.tariff(), await world.tariff(), await world.tariff()];
});
afterAll(() => database.close());

const manager = () => world.asStaff("product_manager");
const bundle = (code: string, parts: readonly string[], change: Partial<PublishBundleInput> = {}) => ({
  code,
  nameRu: "Интернет и ТВ",
  nameEn: "Internet and TV",
  validFrom: "2026-12-01",
  parts: parts.map((tariffId) => ({ tariffId, discountBp: 1_000 })),
  ...change,
});
const counts = () => Promise.all([database.db.$count(bundles), database.db.$count(bundleParts)]);

test("a bundle is published, ends on a day, and may then be replaced by another of the same tariffs", async () => {
  const [a, b] = tariffIds;
  const { bundleId } = await publishBundle(manager(), bundle("both", [a, b]));
  await expect(publishBundle(manager(), bundle("again", [b, a]))).rejects.toMatchObject({
    reason: "bundle.overlaps",
    details: { with: "both" },
  });
  await endBundle(manager(), { bundleId, validTo: "2027-01-01" });
  await publishBundle(manager(), bundle("again", [b, a], { validFrom: "2027-01-01" }));
  world.travelTo("2027-01-01");
  await expect(endBundle(manager(), { bundleId, validTo: "2027-02-01" })).rejects.toThrow("bundle.over");
  world.travelTo("2026-11-25");
});

test("bad bundles are refused by name and leave nothing half-written", async () => {
  const [a, b, c] = tariffIds;
  const before = await counts();
  const refused: [PublishBundleInput, string][] = [
    [bundle("circle", [a, c, a]), "bundle.circular"],
    [bundle("lonely", [c]), "bundle.too_few_parts"],
    [bundle("past", [a, c], { validFrom: "2026-11-24" }), "bundle.backdated"],
    [bundle("both", [a, c]), "bundle.code_taken"],
    [bundle("larger", [a, b, c]), "bundle.overlaps"],
    [bundle("nobody", [a, world.ctx.newId()]), "tariff.not_found"],
    [bundle("backwards", [a, c], { validTo: "2026-11-30" }), "bundle.ends_before_it_starts"],
  ];
  for (const [input, reason] of refused) await expect(publishBundle(manager(), input)).rejects.toThrow(reason);
  await expect(publishBundle(world.asStaff("billing_operator"), bundle("mine", [a, c]))).rejects.toThrow("forbidden");
  await expect(endBundle(manager(), { bundleId: world.ctx.newId(), validTo: "2027-01-01" })).rejects.toThrow(
    "bundle.not_found",
  );
  expect(await counts()).toEqual(before);
});

test("of two people bundling the same tariffs at once one is refused", async () => {
  const [, b, c] = tariffIds;
  const settled = await Promise.allSettled(
    ["left", "right"].map((code) => publishBundle(manager(), bundle(code, [b, c]))),
  );
  expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
