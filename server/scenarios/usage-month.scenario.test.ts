import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import type { StoredUsagePricing } from "@/server/domain/catalog";
import { correctCharge } from "@/server/domain/invoices";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { addIdentifier, listRecords, storeRecords } from "@/server/domain/metering";
import { billAccounts, changeTariff } from "@/server/domain/runs";
import { endSubscription } from "@/server/domain/subscriptions";
import { type Day, dayIn, startOfDay } from "@/server/kernel/day";
import { createWorld, type Subscriber, type World, ZONE } from "./world";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-01-01");
});
afterAll(async () => {
  expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  await database.close();
});

type Meter = StoredUsagePricing["meters"][number];
const call = { meter: "call", nameRu: "Звонки", nameEn: "Calls", unit: "minute" } as const;
const perMinute: Meter = { ...call, pricer: "per_unit", priceMinor: "150" };
const roll: Meter = {
  ...call,
  pricer: "package",
  packageUnits: "100",
  packageMinor: "20000",
  rolloverPeriods: 1,
  beyond: { priceMinor: "250" },
};
const volume: Meter = {
  ...call,
  pricer: "volume",
  tiers: [
    { upToUnits: "100", priceMinor: "100" },
    { upToUnits: null, priceMinor: "50" },
  ],
};

type Gate = "always" | "if_enough" | "to_limit";
const tariffOf = (meter: Meter, moneyGate: Gate = "always") =>
  world.tariff({ feeMinor: 0n, price: { chargeMethod: "usage", moneyGate, usagePricing: { meters: [meter] } } });

interface Caller extends Subscriber {
  readonly phone: string;
}
let made = 0;

async function caller(
  day: string,
  meter: Meter,
  { gate = "always", moneyMinor = 0n, anchorDay }: { gate?: Gate; moneyMinor?: bigint; anchorDay?: number } = {},
): Promise<Caller> {
  world.travelTo(day);
  const person = await world.subscriber({
    tariffId: await tariffOf(meter, gate),
    ...(anchorDay === undefined ? {} : { anchorDay }),
  });
  const phone = `+7342${(5_000_000 + ++made).toString()}`;
  const { accountId, subscriptionId } = person;
  await addIdentifier(world.ctx, { accountId, subscriptionId, kind: "phone", value: phone, validFrom: day });
  if (moneyMinor > 0n) await world.pay(accountId, moneyMinor);
  return { ...person, phone };
}

/** Calls of so many minutes at noon of a day. */
async function talk({ phone }: Caller, day: string, ...minutes: number[]) {
  if (world.today() < day) world.travelTo(day);
  const occurredAt = new Date(startOfDay(day as Day, ZONE).getTime() + 12 * 3_600_000);
  const batch = minutes.map((count) => ({
    recordId: world.ctx.newId(),
    digest: `${count}`,
    raw: {},
    label: null,
    read: {
      identifierKind: "phone" as const,
      identifier: phone,
      occurredAt,
      day: dayIn(occurredAt, ZONE),
      meter: "call",
      measure: "second" as const,
      units: BigInt(count * 60),
    },
  }));
  expect(await storeRecords(world.ctx, batch, { source: "switch" })).toMatchObject({ stored: minutes.length });
}
const bill = async (day: string, ...people: Subscriber[]) => {
  world.travelTo(day);
  return billAccounts(world.ctx, { accountIds: people.map(({ accountId }) => accountId) });
};
const balanceOf = ({ accountId }: Subscriber) => readBalance(world.ctx, accountId);
const linesOf = async ({ accountId }: Subscriber) =>
  (
    await database.sql`
    select kind, period_start, booked_on, due_on, amount_minor, vat_minor, term, detail from charges
    where account_id = ${accountId} order by period_start, term, kind`
  ).map((row) => ({ ...row, amount: Number(row.amount_minor), vat: Number(row.vat_minor) })) as unknown as {
    kind: string;
    period_start: string;
    booked_on: string;
    due_on: string | null;
    term: number;
    amount: number;
    vat: number;
    detail: { usage: { exact: string; meters: { steps: { kind: string }[] }[]; share?: object }; late?: object };
  }[];
const told = async (person: Subscriber) =>
  (await linesOf(person)).map(({ kind, period_start, amount }) => [kind, period_start, amount]);
const creditsOf = ({ accountId }: Subscriber) =>
  database.sql`select kind, period_start, amount_minor::int as amount, vat_minor::int as vat, reason, booked_on from adjustments
               where account_id = ${accountId}`;
const waiting = async ({ accountId, subscriptionId }: Subscriber) =>
  (await listRecords(world.ctx, { accountId, subscriptionId, from: "2026-01-01", to: "2027-12-31" })).records.filter(
    (record) => !record.isCharged,
  ).length;

describe("a month of calls", () => {
  test("becomes one line when it is over, explained, booked on its last day, and once", async () => {
    const anna = await caller("2026-02-01", perMinute);
    await talk(anna, "2026-02-10", 2, 1.5);
    await talk(anna, "2026-02-28", 4);
    expect(await bill("2026-02-28", anna)).toMatchObject({ charged: 0 });
    expect(await bill("2026-03-01", anna)).toMatchObject({ charged: 1 });
    const [line, ...more] = await linesOf(anna);
    // 7.5 × 1.50 = 11.25; VAT 11.25 × 22 ÷ 122 = 2.03.
    expect(line).toMatchObject({
      kind: "usage",
      period_start: "2026-02-01",
      booked_on: "2026-02-28",
      due_on: expect.any(String),
      amount: 1125,
      vat: 203,
      detail: { usage: { exact: "1125", meters: [{ records: 3, units: "450", steps: [{ kind: "unit" }] }] } },
    });
    expect(more).toEqual([]);
    expect(await balanceOf(anna)).toBe(-1125n);
    expect(await waiting(anna)).toBe(0);
    expect(await bill("2026-03-01", anna)).toMatchObject({ charged: 0, skipped: 1 });
    expect(await bill("2026-03-15", anna)).toMatchObject({ charged: 0, skipped: 1 });
  });

  test("who called nobody is charged nothing", async () => {
    const boris = await caller("2026-02-01", perMinute);
    expect(await bill("2026-03-01", boris)).toMatchObject({ charged: 0, skipped: 1 });
    expect(await linesOf(boris)).toEqual([]);
  });

  test("goes by the account's own month, and a call at midnight by the operator's day", async () => {
    const clara = await caller("2026-02-01", perMinute, { anchorDay: 15 });
    await talk(clara, "2026-02-14", 1);
    await talk(clara, "2026-02-15", 2);
    await bill("2026-02-15", clara);
    expect(await told(clara)).toEqual([["usage", "2026-01-15", 150]]);
    await bill("2026-03-15", clara);
    expect(await told(clara)).toEqual([
      ["usage", "2026-01-15", 150],
      ["usage", "2026-02-15", 300],
    ]);
  });

  test("of a subscription that ended is charged on the day it ended", async () => {
    const dina = await caller("2026-02-01", perMinute);
    await talk(dina, "2026-02-10", 2);
    world.travelTo("2026-02-12");
    const { accountId, subscriptionId } = dina;
    await endSubscription(world.ctx, { accountId, subscriptionId, endedOn: "2026-02-12", reason: "left" });
    await bill("2026-02-12", dina);
    expect(await linesOf(dina)).toMatchObject([{ kind: "usage", amount: 300, booked_on: "2026-02-11" }]);
    await bill("2026-03-01", dina);
    expect(await linesOf(dina)).toHaveLength(1);
  });

  test("under two tariffs is two lines, each at its own price", async () => {
    const egor = await caller("2026-02-01", perMinute);
    const toTariffId = await tariffOf({ ...perMinute, priceMinor: "300" });
    await talk(egor, "2026-02-05", 2);
    world.travelTo("2026-02-11");
    const { accountId, subscriptionId } = egor;
    await changeTariff(world.ctx, { accountId, subscriptionId, toTariffId, when: "now" });
    await talk(egor, "2026-02-11", 2);
    await bill("2026-03-01", egor);
    // 2 × 1.50 and 2 × 3.00.
    expect((await linesOf(egor)).map(({ term, amount }) => [term, amount])).toEqual([
      [0, 300],
      [1, 600],
    ]);
    await talk(egor, "2026-02-06", 1);
    await bill("2026-03-02", egor);
    expect((await linesOf(egor)).map(({ term, kind, amount }) => [term, kind, amount])).toEqual([
      [0, "usage", 300],
      [0, "usage:2", 150],
      [1, "usage", 600],
    ]);
  });

  test("prepaid, without the money, it waits, closes the service and is charged once there is some", async () => {
    const fedor = await caller("2026-02-01", perMinute, { gate: "if_enough" });
    await talk(fedor, "2026-02-10", 2);
    expect(await bill("2026-03-01", fedor)).toMatchObject({ refused: 1 });
    expect(await linesOf(fedor)).toEqual([]);
    expect(await waiting(fedor)).toBe(1);
    await world.pay(fedor.accountId, 300n);
    expect(await bill("2026-05-20", fedor)).toMatchObject({ charged: 1 });
    // Two months late it is booked where it lands.
    expect(await linesOf(fedor)).toMatchObject([{ amount: 300, period_start: "2026-02-01", booked_on: "2026-05-20" }]);
    expect(await balanceOf(fedor)).toBe(0n);
  });
});

describe("records that come late", () => {
  test("before their month is charged they are simply of it", async () => {
    const anna = await caller("2026-02-01", perMinute);
    world.travelTo("2026-03-01");
    await talk(anna, "2026-02-10", 2);
    await bill("2026-03-01", anna);
    expect(await told(anna)).toEqual([["usage", "2026-02-01", 300]]);
  });

  test("after it they are a further line of that month, each batch once", async () => {
    const boris = await caller("2026-02-01", perMinute);
    await talk(boris, "2026-02-10", 2);
    await bill("2026-03-01", boris);
    world.travelTo("2026-03-05");
    await talk(boris, "2026-02-20", 1);
    await bill("2026-03-05", boris);
    await talk(boris, "2026-02-21", 3);
    await bill("2026-03-06", boris);
    await bill("2026-03-07", boris);
    expect(await told(boris)).toEqual([
      ["usage", "2026-02-01", 300],
      ["usage:2", "2026-02-01", 150],
      ["usage:3", "2026-02-01", 450],
    ]);
    const [, second] = await linesOf(boris);
    expect(second).toMatchObject({
      booked_on: "2026-03-05",
      detail: { usage: { exact: "450" }, late: { worthMinor: "450", chargedMinor: "300" } },
    });
    expect(await waiting(boris)).toBe(0);
    // VAT of the parts is the VAT of the whole: 9.00 × 22 ÷ 122 = 1.62.
    expect((await linesOf(boris)).reduce((sum, { vat }) => sum + vat, 0)).toBe(162);
  });

  test("in whatever parts they come, the month costs the same", async () => {
    const [whole, parts] = [await caller("2026-02-01", roll), await caller("2026-02-01", roll)];
    await talk(whole, "2026-02-10", 60, 30, 50, 1);
    await bill("2026-03-01", whole);
    await talk(parts, "2026-02-10", 60);
    await bill("2026-03-01", parts);
    await talk(parts, "2026-02-10", 30);
    await bill("2026-03-02", parts);
    await talk(parts, "2026-02-10", 50, 1);
    await bill("2026-03-03", parts);
    // 200.00 + 41 × 2.50 = 302.50.
    expect(await balanceOf(whole)).toBe(-302_50n);
    expect(await balanceOf(parts)).toBe(-302_50n);
    // The second batch is inside the package: a line of nothing, which says so.
    expect((await told(parts)).map(([, , amount]) => amount)).toEqual([200_00, 0, 102_50]);
  });

  test("that make all cheaper by volume give money back, never more than was charged", async () => {
    const clara = await caller("2026-02-01", volume);
    await talk(clara, "2026-02-10", 100);
    await bill("2026-03-01", clara);
    expect(await balanceOf(clara)).toBe(-100_00n); // 100 × 1.00
    await talk(clara, "2026-02-20", 1);
    await bill("2026-03-02", clara);
    // 101 × 0.50 = 50.50; 49.50 is given back; VAT 18.03 − 9.11 = 8.92.
    expect(await balanceOf(clara)).toBe(-50_50n);
    expect(await creditsOf(clara)).toMatchObject([
      { kind: "usage", amount: 49_50, vat: 8_92, reason: "correction", booked_on: "2026-03-02" },
    ]);
    expect(await bill("2026-03-03", clara)).toMatchObject({ charged: 0, skipped: 1 });
    await talk(clara, "2026-02-21", 100);
    await bill("2026-03-04", clara);
    expect(await balanceOf(clara)).toBe(-100_50n); // 201 × 0.50
  });
});

test("what a person gave back of a line stays given when a late call comes", async () => {
  const anna = await caller("2026-02-01", perMinute);
  await talk(anna, "2026-02-10", 4);
  await bill("2026-03-01", anna);
  const { accountId, subscriptionId } = anna;
  const given = {
    amountMinor: 200n,
    reason: "goodwill" as const,
    note: "связь рвалась",
    requestKey: world.ctx.newId(),
  };
  await correctCharge(world.asStaff("billing_operator"), {
    ...{ accountId, subscriptionId, periodStart: "2026-02-01", kind: "usage" },
    ...given,
  });
  await talk(anna, "2026-02-11", 1);
  await bill("2026-03-02", anna);
  // 5 × 1.50, less the 2.00 given.
  expect(await balanceOf(anna)).toBe(-5_50n);
});

describe("packages", () => {
  const rich = { moneyMinor: 2000_00n };

  test("are paid whether used or not, and what is left goes over", async () => {
    const anna = await caller("2026-02-01", roll, rich);
    await talk(anna, "2026-02-10", 60);
    await bill("2026-03-01", anna);
    await talk(anna, "2026-03-10", 150);
    await bill("2026-04-01", anna);
    await bill("2026-05-01", anna);
    // 200; 40 over + 100 + 10 × 2.50 = 225; April unused: 200.
    expect(await told(anna)).toEqual([
      ["usage", "2026-02-01", 200_00],
      ["usage", "2026-03-01", 225_00],
      ["usage", "2026-04-01", 200_00],
    ]);
  });

  test("a late call takes from the rest that the next month lived on: the next month is rated anew", async () => {
    const boris = await caller("2026-02-01", roll, rich);
    await talk(boris, "2026-02-10", 60);
    await bill("2026-03-01", boris);
    await talk(boris, "2026-03-10", 140);
    await bill("2026-04-01", boris);
    expect((await told(boris)).map(([, , amount]) => amount)).toEqual([200_00, 200_00]);
    await talk(boris, "2026-02-20", 10);
    await bill("2026-04-02", boris);
    // February: 70 of 100, the same money, 30 over instead of 40. March: 30 + 100 + 10 × 2.50.
    expect(await told(boris)).toEqual([
      ["usage", "2026-02-01", 200_00],
      ["usage:2", "2026-02-01", 0],
      ["usage", "2026-03-01", 200_00],
      ["usage:2", "2026-03-01", 25_00],
    ]);
    expect(await bill("2026-04-03", boris)).toMatchObject({ charged: 0, skipped: 1 });
  });

  test("a month that was closed for an old debt has no package and no fee for it", async () => {
    const dina = await caller("2026-02-01", roll);
    await talk(dina, "2026-02-10", 60);
    await bill("2026-03-01", dina);
    // Never paid: closed by April, which is not charged.
    for (const day of ["2026-03-31", "2026-04-01", "2026-05-01"]) await bill(day, dina);
    expect((await told(dina)).map(([, start]) => start)).toEqual(["2026-02-01", "2026-03-01"]);
  });

  test("a part of a month has a part of the package for a part of the fee", async () => {
    const clara = await caller("2026-04-16", roll);
    await talk(clara, "2026-04-20", 60);
    await bill("2026-05-01", clara);
    // 15 of 30 days: 50 min for 100.00, 10 × 2.50 beyond.
    expect(await linesOf(clara)).toMatchObject([
      { amount: 125_00, detail: { usage: { share: { days: 15, ofDays: 30 } } } },
    ]);
  });
});

test("many accounts at once, five times at once: each is charged once and nobody for another's calls", async () => {
  const people = await Array.from({ length: 12 }).reduce<Promise<Caller[]>>(
    async (before) => [...(await before), await caller("2026-06-01", perMinute)],
    Promise.resolve([]),
  );
  for (const [index, person] of people.entries())
    await talk(person, "2026-06-10", ...Array.from({ length: index }, () => 1));
  world.travelTo("2026-07-01");
  const accountIds = people.map(({ accountId }) => accountId);
  await Promise.all(Array.from({ length: 5 }, () => billAccounts(world.ctx, { accountIds })));
  expect(await Promise.all(people.map(balanceOf))).toEqual(people.map((_, index) => BigInt(index * -150)));
});

test("calls taken in while charging runs are charged now or later, never lost and never twice", async () => {
  const anna = await caller("2026-06-01", perMinute);
  world.travelTo("2026-07-01");
  await Promise.all([
    ...Array.from({ length: 8 }, () => talk(anna, "2026-06-10", 1, 1)),
    ...Array.from({ length: 8 }, () => billAccounts(world.ctx, { accountIds: [anna.accountId] })),
  ]);
  await bill("2026-07-02", anna);
  expect(await balanceOf(anna)).toBe(-16n * 150n);
  expect(await waiting(anna)).toBe(0);
});
