import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { services } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { setChangeDefault, setChangePair } from "@/server/domain/catalog";
import { listAccountEvents } from "@/server/domain/crm";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { createService } from "@/server/domain/provisioning";
import { billAccounts, readNextCharge } from "@/server/domain/runs";
import { agreePersonalPrice, liftBlock, placeBlock } from "@/server/domain/subscriptions";
import { settleAccounts } from "@/server/jobs/settle-accounts";
import type { Role } from "@/server/platform/roles";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { createCaller } from "../root";
import { trpcWorld } from "./trpc-world";

type Procedures = ReturnType<typeof createCaller>["tariffChanges"];
interface Person extends Subscriber {
  readonly api: Procedures;
}

let database: TestDatabase;
let web: ReturnType<typeof trpcWorld>;
let agent: Procedures;
let world: World;
let slow: string;
let fast: string;
let fastest: string;
let secret: string;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-09-01");
  web = trpcWorld(database);
  agent = await calling("support_agent");
  slow = await world.tariff({ feeMinor: 600_00n, code: "slow", downKbps: 100_000 });
  fast = await world.tariff({ feeMinor: 900_00n, code: "fast", downKbps: 300_000 });
  fastest = await world.tariff({ feeMinor: 1_200_00n, code: "fastest", downKbps: 900_000 });
  secret = await world.tariff({ feeMinor: 300_00n, code: "secret" });
  const manager = world.asStaff("product_manager");
  await setChangeDefault(manager, { direction: "down", allowed: true, feeMinor: 100_00n, timing: "next_period" });
  await setChangePair(manager, {
    fromTariffId: slow,
    toTariffId: fast,
    terms: { allowed: true, feeMinor: 50_00n, timing: null },
  });
  await setChangePair(manager, {
    fromTariffId: slow,
    toTariffId: secret,
    terms: { allowed: false, feeMinor: null, timing: null },
  });
});
afterAll(() => database.close());

/** The month of «slow» is paid for and so much is left. */
async function someone(leftMinor: bigint): Promise<Person> {
  world.travelTo("2026-09-01");
  const person = await world.subscriber({ tariffId: slow });
  await world.pay(person.accountId, 600_00n + leftMinor);
  await billAccounts(world.ctx, { accountIds: [person.accountId] });
  return { ...person, api: await calling("subscriber", person.customerId) };
}

/** Procedures as somebody signed in calls them, under the test's clock. */
async function calling(role: Role, customerId: string | null = null) {
  const signedIn = await web.signedIn(role, customerId);
  return createCaller({ ...signedIn, now: world.ctx.now }).tariffChanges;
}
const own = ({ api }: Person) => api;
const balance = ({ accountId }: Subscriber) => readBalance(world.ctx, accountId);
const to = ({ accountId, subscriptionId }: Subscriber, toTariffId: string, when: "now" | "next_period") => ({
  accountId,
  subscriptionId,
  toTariffId,
  when,
});
const agreedTo = ({
  effectiveOn,
  costMinor,
  feeAfterMinor,
}: {
  effectiveOn: string;
  costMinor: bigint;
  feeAfterMinor: bigint;
}) => ({
  effectiveOn,
  costMinor,
  feeAfterMinor,
});

describe("what may be chosen", () => {
  test("is what the matrix allows, each with its fee, its difference and its times, and never the present one", async () => {
    const anna = await someone(0n);
    const { present, choices, refusal } = await own(anna).choices(anna);
    expect(present).toMatchObject({ tariffId: slow, feeMinor: 600_00n, scheduled: null });
    expect(refusal).toBeNull();
    const mine = choices.filter(({ tariffId }) => [slow, fast, fastest, secret].includes(tariffId));
    expect(mine).toMatchObject([
      { tariffId: fast, differenceMinor: 300_00n, changeFeeMinor: 50_00n, times: ["next_period", "now"] },
      { tariffId: fastest, differenceMinor: 600_00n, changeFeeMinor: 0n, times: ["next_period", "now"] },
    ]);
    await expect(own(anna).preview(to(anna, secret, "now"))).rejects.toThrow("change.not_allowed");
  });

  test("is nothing while a pause holds the service, for the subscriber; an agent goes past it, and a pause that is over holds nobody", async () => {
    const boris = await someone(2_000_00n);
    const { blockId } = await placeBlock(world.ctx, { accountId: boris.accountId, reason: "voluntary" });
    expect(await own(boris).choices(boris)).toMatchObject({ choices: [], refusal: "blocked" });
    await expect(own(boris).preview(to(boris, fast, "now"))).rejects.toThrow("subscription.blocked");
    expect((await agent.choices(boris)).refusal).toBeNull();
    await liftBlock(world.ctx, { accountId: boris.accountId, blockId });
    world.travelTo("2026-09-02");
    expect((await own(boris).choices(boris)).refusal).toBeNull();
    expect(await own(boris).preview(to(boris, fast, "now"))).toMatchObject({ effectiveOn: "2026-09-02" });
  });
});

describe("a preview", () => {
  test("says the same to the subscriber and to the agent, and is what is written, to the kopeck", async () => {
    const vera = await someone(700_00n);
    world.travelTo("2026-09-11");
    const shown = await own(vera).preview(to(vera, fast, "now"));
    expect(await agent.preview(to(vera, fast, "now"))).toEqual(shown);
    // 600 × 20 / 30 back, 900 × 20 / 30 for the rest, and 50 for the change: 700 + 400 − 600 − 50.
    expect(shown).toMatchObject({
      effectiveOn: "2026-09-11",
      returnedMinor: 400_00n,
      chargedMinor: 600_00n,
      changeFeeMinor: 50_00n,
      costMinor: 250_00n,
      balanceBeforeMinor: 700_00n,
      balanceAfterMinor: 450_00n,
    });
    expect(await balance(vera)).toBe(700_00n);
    expect(await own(vera).change({ ...to(vera, fast, "now"), agreed: agreedTo(shown) })).toEqual(shown);
    expect(await balance(vera)).toBe(shown.balanceAfterMinor);
    expect(await readNextCharge(world.ctx, vera.accountId)).toMatchObject({
      chargeOn: shown.nextChargeOn,
      chargeMinor: shown.nextChargeMinor,
    });
  });

  test("that is no longer true is not what was agreed to: nothing is written", async () => {
    const gleb = await someone(2_000_00n);
    world.travelTo("2026-09-11");
    const shown = await own(gleb).preview(to(gleb, fast, "now"));
    world.travelTo("2026-09-12");
    const late = own(gleb).change({ ...to(gleb, fast, "now"), agreed: agreedTo(shown) });
    await expect(late).rejects.toThrow("change.shown_otherwise");
    expect(await balance(gleb)).toBe(2_000_00n);
    expect((await own(gleb).choices(gleb)).present.tariffId).toBe(slow);
  });

  test("of money that does not suffice says what is missing and what for; nothing is changed", async () => {
    const dina = await someone(0n);
    world.travelTo("2026-09-11");
    // 400 back; 800 for the rest.
    const shown = await own(dina).preview(to(dina, fastest, "now"));
    expect(shown).toMatchObject({ returnedMinor: 400_00n, chargedMinor: 800_00n, missingMinor: 400_00n });
    const tried = own(dina).change({ ...to(dina, fastest, "now"), agreed: agreedTo(shown) });
    await expect(tried).rejects.toThrow("subscription.not_enough_money");
    expect(await balance(dina)).toBe(0n);
  });
});

describe("a change that waits", () => {
  test("is shown with its day, named in the next charge, and taken back with its fee", async () => {
    const egor = await someone(100_00n);
    world.travelTo("2026-09-11");
    const shown = await own(egor).preview(to(egor, fast, "next_period"));
    expect(shown).toMatchObject({ effectiveOn: "2026-10-01", balanceAfterMinor: 50_00n, chargedMinor: 0n });
    await own(egor).change({ ...to(egor, fast, "next_period"), agreed: agreedTo(shown) });
    const { tariffs } = await agent.tariffs({ accountId: egor.accountId });
    expect(tariffs).toMatchObject([
      {
        tariffId: slow,
        scheduled: { tariffId: fast, effectiveOn: "2026-10-01", feeMinor: 900_00n, changeFeeMinor: 50_00n },
      },
    ]);
    expect(await readNextCharge(world.ctx, egor.accountId)).toMatchObject({
      tariffIds: [fast],
      chargeMinor: 900_00n,
      periodFeeMinor: 900_00n,
    });
    await agent.cancel(egor);
    expect(await balance(egor)).toBe(100_00n);
    expect((await own(egor).tariffs({ accountId: egor.accountId })).tariffs[0]?.scheduled).toBeNull();
    await expect(own(egor).cancel(egor)).rejects.toThrow("subscription.no_scheduled_change");
  });

  test("gives its fee to the one that replaces it, as the preview says", async () => {
    const zoya = await someone(50_00n);
    await own(zoya).change({ ...to(zoya, fast, "next_period"), agreed: null });
    expect(await balance(zoya)).toBe(0n);
    const shown = await own(zoya).preview(to(zoya, fast, "next_period"));
    expect(shown).toMatchObject({ changeFeeMinor: 50_00n, feeReturnedMinor: 50_00n, costMinor: 0n, missingMinor: 0n });
    await own(zoya).change({ ...to(zoya, fastest, "next_period"), agreed: null });
    expect(await balance(zoya)).toBe(50_00n);
  });
});

test("a second change on the same day replaces the first, whose fee and charge come back as shown", async () => {
  const ivan = await someone(3_000_00n);
  world.travelTo("2026-09-11");
  await own(ivan).change({ ...to(ivan, fast, "now"), agreed: null });
  // 3000 + 400 − 600 − 50
  expect(await balance(ivan)).toBe(2_750_00n);
  const shown = await own(ivan).preview(to(ivan, fastest, "now"));
  expect(shown).toMatchObject({ returnedMinor: 600_00n, feeReturnedMinor: 50_00n, chargedMinor: 800_00n });
  await own(ivan).change({ ...to(ivan, fastest, "now"), agreed: agreedTo(shown) });
  // As if «fastest» had been chosen at first: 3000 + 400 − 800.
  expect(await balance(ivan)).toBe(2_600_00n);
  expect(shown.balanceAfterMinor).toBe(2_600_00n);
});

test("a price agreed for the old tariff from the day of the change on is not the new one's", async () => {
  const kira = await someone(3_000_00n);
  world.travelTo("2026-09-11");
  for (const validFrom of ["2026-09-11", "2026-10-01"]) {
    await agreePersonalPrice(world.ctx, { ...keyOf(kira), validFrom, feeMinor: 100_00n });
  }
  const shown = await own(kira).preview(to(kira, fastest, "now"));
  expect(shown).toMatchObject({ endsPersonalPrice: true, feeAfterMinor: 1_200_00n, nextChargeMinor: 1_200_00n });
  await own(kira).change({ ...to(kira, fastest, "now"), agreed: agreedTo(shown) });
  expect(await balance(kira)).toBe(shown.balanceAfterMinor);
  expect(await readNextCharge(world.ctx, kira.accountId)).toMatchObject({ chargeMinor: 1_200_00n });
});

test("the network is told of the new speed with the change, and the history of the tariff and the day", async () => {
  const lev = await someone(3_000_00n);
  const { serviceId } = await createService(world.ctx, { ...keyOf(lev), login: `line${lev.accountNumber}` });
  const speed = async () => (await database.db.select().from(services).where(eq(services.id, serviceId)))[0]?.downKbps;
  await settleAccounts(world.ctx, [lev.accountId]);
  expect(await speed()).toBe(100_000);
  await own(lev).change({ ...to(lev, fast, "now"), agreed: null });
  await settleAccounts(world.ctx, [lev.accountId]); // the job of `subscription.changed`
  expect(await speed()).toBe(300_000);
  await own(lev).change({ ...to(lev, fastest, "next_period"), agreed: null });
  expect(await speed()).toBe(300_000);
  world.travelTo("2026-10-01");
  await settleAccounts(world.ctx, [lev.accountId], "turned"); // the day's run
  expect(await speed()).toBe(900_000);
  const events = await listAccountEvents(world.asStaff("support_agent"), { accountId: lev.accountId, limit: 50 });
  expect(
    events.filter(({ type }) => type.startsWith("subscription.change")).map(({ type, payload }) => [type, payload]),
  ).toEqual([
    ["subscription.changed", expect.objectContaining({ toTariffId: fastest, effectiveOn: "2026-10-01" })],
    ["subscription.change_scheduled", expect.objectContaining({ toTariffId: fastest, effectiveOn: "2026-10-01" })],
    ["subscription.changed", expect.objectContaining({ toTariffId: fast, effectiveOn: "2026-09-01" })],
  ]);
});

test("another's account answers as one that is not there, whatever is asked of it", async () => {
  const [mine, theirs] = [await someone(0n), await someone(2_000_00n)];
  const stranger = own(mine);
  const asked = [
    () => stranger.tariffs({ accountId: theirs.accountId }),
    () => stranger.choices(theirs),
    () => stranger.preview(to(theirs, fast, "now")),
    () => stranger.change({ ...to(theirs, fast, "now"), agreed: null }),
    () => stranger.cancel(theirs),
  ];
  for (const ask of asked) await expect(ask()).rejects.toThrow("account.not_found");
  expect(await balance(theirs)).toBe(2_000_00n);
});

test("after all of it the book is whole", async () => {
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
});

const keyOf = ({ accountId, subscriptionId }: Subscriber) => ({ accountId, subscriptionId });
