import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { setChangeDefault, setChangePair } from "@/server/domain/catalog";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, changeTariff, listCharges, previewTariffChange } from "@/server/domain/runs";
import { cancelTariffChange, endSubscription } from "@/server/domain/subscriptions";
import { createWorld, type Subscriber, type World } from "./world";

let database: TestDatabase;
let world: World;
let cheap: string;
let dear: string;
let closed: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-09-01");
  cheap = await world.tariff({ feeMinor: 600_00n });
  dear = await world.tariff({ feeMinor: 900_00n });
  closed = await world.tariff({ feeMinor: 1_200_00n });
  const manager = world.asStaff("product_manager");
  await setChangeDefault(manager, { direction: "down", allowed: true, feeMinor: 100_00n, timing: "next_period" });
  await setChangePair(manager, {
    fromTariffId: cheap,
    toTariffId: dear,
    terms: { allowed: true, feeMinor: 50_00n, timing: null },
  });
  await setChangePair(manager, {
    fromTariffId: cheap,
    toTariffId: closed,
    terms: { allowed: false, feeMinor: null, timing: null },
  });
});
afterAll(() => database.close());

/** The month is paid for and so much is left. */
async function someone(tariffId: string, feeMinor: bigint, leftMinor: bigint): Promise<Subscriber> {
  world.travelTo("2026-09-01");
  const person = await world.subscriber({ tariffId });
  await world.pay(person.accountId, feeMinor + leftMinor);
  await bill(person);
  return person;
}
const bill = ({ accountId }: Subscriber) => billAccounts(world.ctx, { accountIds: [accountId] });
const balance = ({ accountId }: Subscriber) => readBalance(world.ctx, accountId);
const to = ({ accountId, subscriptionId }: Subscriber, toTariffId: string, when: "now" | "next_period") => ({
  accountId,
  subscriptionId,
  toTariffId,
  when,
});

test("a pair that is closed is refused, to the subscriber and to staff, and shown as refused before", async () => {
  const anna = await someone(cheap, 600_00n, 2_000_00n);
  for (const ctx of [world.asSubscriber(anna.customerId), world.asStaff("support_agent")]) {
    await expect(previewTariffChange(ctx, to(anna, closed, "next_period"))).rejects.toThrow("change.not_allowed");
    await expect(changeTariff(ctx, to(anna, closed, "now"))).rejects.toThrow("change.not_allowed");
  }
  expect(await balance(anna)).toBe(2_000_00n);
});

test("a fee is charged when the change is asked for, and comes back with a change that is taken back", async () => {
  const boris = await someone(cheap, 600_00n, 300_00n);
  const preview = await previewTariffChange(world.ctx, to(boris, dear, "next_period"));
  expect(preview).toMatchObject({ changeFeeMinor: 50_00n, chargedMinor: 0n, missingMinor: 0n });
  expect(await balance(boris)).toBe(300_00n);
  await changeTariff(world.ctx, to(boris, dear, "next_period"));
  expect(await balance(boris)).toBe(250_00n);
  await cancelTariffChange(world.ctx, { accountId: boris.accountId, subscriptionId: boris.subscriptionId });
  expect(await balance(boris)).toBe(300_00n);
});

test("a change that replaces another is charged for once", async () => {
  const vera = await someone(cheap, 600_00n, 300_00n);
  await changeTariff(world.ctx, to(vera, dear, "next_period"));
  await changeTariff(world.ctx, to(vera, dear, "next_period"));
  expect(await balance(vera)).toBe(250_00n);
});

test("pressed five times at once as it was shown, a change is scheduled once and its fee is one line", async () => {
  const lev = await someone(cheap, 600_00n, 300_00n);
  const wanted = to(lev, dear, "next_period");
  const { effectiveOn, costMinor, feeAfterMinor } = await previewTariffChange(world.ctx, wanted);
  const agreed = { effectiveOn, costMinor, feeAfterMinor };
  const pressed = await Promise.allSettled(
    Array.from({ length: 5 }, () => changeTariff(world.ctx, { ...wanted, agreed })),
  );
  expect(pressed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await balance(lev)).toBe(250_00n);
  const lines = await listCharges(world.ctx, { accountId: lev.accountId, from: world.today(), to: world.today() });
  expect(lines.filter(({ kind }) => kind === "change_fee")).toHaveLength(1);
});

test("at once the fee is charged beside the difference, and refused whole when both do not fit", async () => {
  // On the 16th fifteen of thirty days are left: 450 − 300 = 150 ₽, and the fee of 50 ₽.
  const gleb = await someone(cheap, 600_00n, 200_00n);
  world.travelTo("2026-09-16");
  expect(await previewTariffChange(world.ctx, to(gleb, dear, "now"))).toMatchObject({
    chargedMinor: 450_00n,
    returnedMinor: 300_00n,
    changeFeeMinor: 50_00n,
    missingMinor: 0n,
  });
  await changeTariff(world.ctx, to(gleb, dear, "now"));
  expect(await balance(gleb)).toBe(0n);

  const dina = await someone(cheap, 600_00n, 199_99n);
  world.travelTo("2026-09-16");
  expect(await previewTariffChange(world.ctx, to(dina, dear, "now"))).toMatchObject({ missingMinor: 1n });
  await expect(changeTariff(world.ctx, to(dina, dear, "now"))).rejects.toThrow("subscription.not_enough_money");
  expect(await balance(dina)).toBe(199_99n);
});

test("down waits for the next period where the matrix says so, and a fee that does not fit is refused", async () => {
  const egor = await someone(dear, 900_00n, 100_00n);
  await expect(changeTariff(world.ctx, to(egor, cheap, "now"))).rejects.toThrow("change.only_next_period");
  await changeTariff(world.ctx, to(egor, cheap, "next_period"));
  expect(await balance(egor)).toBe(0n);
  const zoya = await someone(dear, 900_00n, 99_99n);
  await expect(changeTariff(world.ctx, to(zoya, cheap, "next_period"))).rejects.toThrow("not_enough_money");
  expect(await balance(zoya)).toBe(99_99n);
});

test("whoever leaves before the day of the change has the fee back, once", async () => {
  const ivan = await someone(dear, 900_00n, 100_00n);
  await changeTariff(world.ctx, to(ivan, cheap, "next_period"));
  await endSubscription(world.ctx, {
    accountId: ivan.accountId,
    subscriptionId: ivan.subscriptionId,
    endedOn: "2026-10-01",
    reason: "left",
  });
  world.travelTo("2026-10-01");
  await bill(ivan);
  await bill(ivan);
  expect(await balance(ivan)).toBe(100_00n);
});

test("after all of it the book is whole", async () => {
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
});
