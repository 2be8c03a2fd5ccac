import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ZodError } from "zod";
import { tariffPhases, tariffPrices, tariffs } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { type PublishPriceInput, publishPrice, publishTariffs } from "@/server/domain/catalog";
import { createWorld, type World } from "@/server/scenarios/world";

let database: TestDatabase;
let world: World;
let tariffId: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-25");
  tariffId = await world.tariff({ feeMinor: 650_00n });
});
afterAll(() => database.close());

const written = async () => [
  await database.db.select().from(tariffPrices),
  await database.db.select().from(tariffPhases),
];

/** The names a refusal is told by, whichever way it came. */
async function refusals(input: Partial<PublishPriceInput>): Promise<string[]> {
  const price = { tariffId, newFrom: "2027-01-01", feeMinor: 700_00n, ...input };
  try {
    await publishPrice(world.asStaff("product_manager"), price);
    return [];
  } catch (error) {
    if (error instanceof ZodError) return error.issues.map(({ message }) => message);
    return [(error as { reason: string }).reason];
  }
}

test("a version is published with its phases, in order", async () => {
  const { version } = await publishPrice(world.asStaff("product_manager"), {
    tariffId,
    newFrom: "2026-12-01",
    existingFrom: "2027-02-01",
    feeMinor: 700_00n,
    phases: [
      { position: 2, months: 2, feeMinor: 350_00n },
      { position: 1, months: 1, feeMinor: 0n, isTrial: true },
    ],
  });
  expect(version).toBe(2);
  const phases = await database.db.select().from(tariffPhases).orderBy(tariffPhases.position);
  expect(phases).toMatchObject([
    { tariffId, version: 2, position: 1, months: 1, feeMinor: 0n, isTrial: true },
    { tariffId, version: 2, position: 2, months: 2, feeMinor: 350_00n, isTrial: false },
  ]);
});

describe("bad input is refused by name and leaves nothing half-written", () => {
  test.each<[string, Partial<PublishPriceInput>, string]>([
    ["a negative price", { feeMinor: -1n }, "price.negative"],
    ["a slip of the finger", { feeMinor: 100_000_000_01n }, "price.too_high"],
    ["31 February", { newFrom: "2027-02-31" }, "day.malformed"],
    ["a version of yesterday", { newFrom: "2026-11-24" }, "price.backdated"],
    ["a second version of one day for new subscribers", { newFrom: "2026-12-01" }, "price.overlaps"],
    ["a second version of one day for existing ones", { existingFrom: "2027-02-01" }, "price.overlaps"],
    ["existing subscribers before new ones", { existingFrom: "2026-12-15" }, "price.existing_before_new"],
    ["a phase without the one before it", { phases: [{ position: 2, months: 1, feeMinor: 1n }] }, "price.phase_gap"],
    ["a negative phase", { phases: [{ position: 1, months: 1, feeMinor: -1n }] }, "price.negative"],
    ["a number of charges of a one-off", { chargeMethod: "one_off", maxCharges: 2 }, "price.counts_without_periods"],
    ["a tariff that is not there", { tariffId: "0193e0a0-0000-7000-8000-000000000000" }, "tariff.not_found"],
  ])("%s", async (_name, input, reason) => {
    const before = await written();
    expect(await refusals(input)).toContain(reason);
    expect(await written()).toEqual(before);
  });

  test("a boost button without its speed or with a monthly fee", async () => {
    const button = {
      code: "turbo",
      nameRu: "Турбо",
      nameEn: "Turbo",
      kind: "option",
      revenueCode: "revenue:option",
      boostHours: 24,
      price: { newFrom: "2026-11-25", feeMinor: 50_00n },
    } as const;
    const count = () => database.db.$count(tariffs);
    const before = await count();
    const manager = world.asStaff("product_manager");
    await expect(publishTariffs(manager, [button])).rejects.toThrow("tariff.boost_incomplete");
    const monthly = { ...button, downKbps: 1_000_000, upKbps: 1_000_000 };
    await expect(publishTariffs(manager, [monthly])).rejects.toThrow("tariff.boost_incomplete");
    expect(await count()).toBe(before);
    await publishTariffs(manager, [{ ...monthly, price: { ...button.price, chargeMethod: "one_off" } }]);
    expect(await count()).toBe(before + 1);
  });
});

test("two people publishing at once make two versions, one after the other", async () => {
  const manager = world.asStaff("product_manager");
  const versions = await Promise.all(
    ["2027-05-01", "2027-06-01"].map((newFrom) => publishPrice(manager, { tariffId, newFrom, feeMinor: 800_00n })),
  );
  expect(versions.map(({ version }) => version).sort()).toEqual([3, 4]);
  const sameDay = ["2027-07-01", "2027-07-01"].map((newFrom) =>
    publishPrice(manager, { tariffId, newFrom, feeMinor: 800_00n }),
  );
  const settled = await Promise.allSettled(sameDay);
  expect(settled.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});
