import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markSandbox } from "@/db/sandbox";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { setChangeDefault } from "@/server/domain/catalog";
import { endDueLimits, openLimit, settleWithin } from "@/server/domain/credit";
import { issueInvoices, listDocuments } from "@/server/domain/invoices";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { createServices } from "@/server/domain/provisioning";
import { changeTariff, listCharges } from "@/server/domain/runs";
import { endSubscription, liftBlock, placeBlock, startSubscriptions } from "@/server/domain/subscriptions";
import { addDays, addMonths, type Day, startOfDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { ensurePartitions } from "@/server/platform/partitions";
import { rowsOf } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { createWorld, type TariffOf, type World, ZONE } from "@/server/scenarios/world";
import { copyAccount, dropCopy, listCopies, moveClock, planPayment, readCopy, resetCopy } from "..";
import { NOT_COPIED } from "../constants";
import { ownTables } from "../load-rows";

const START = "2026-09-10";
/** A year is lived day by day: on a busy machine that takes longer than other tests are given. */
const LONG_MS = 300_000;

let main: TestDatabase;
let other: TestDatabase;
let world: World;
/** The administrator in the main database, and the same one in the sandbox. */
let admin: Context;
let sandbox: Context;

beforeAll(async () => {
  [main, other] = await Promise.all([testDatabase(), testDatabase()]);
  await markSandbox(other.ownerUrl);
  world = await createWorld(main.db, START);
  admin = world.asStaff("admin");
  sandbox = { ...admin, db: other.db };
});
afterAll(() => Promise.all([main.close(), other.close()]));

const settle = (ctx: Context, accountId: string) => withTransaction(ctx, (tx) => settleWithin(tx, [accountId]));

/** Accounts lived through by the daily jobs of the main database, all together as the jobs do, under the test's clock. */
async function liveThrough(
  accountIds: readonly string[],
  from: Day,
  to: Day,
  pay: (day: Day) => Promise<void> = async () => {},
) {
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const midnight = startOfDay(day, ZONE);
    world.travelTo(day);
    await pay(day);
    await withTransaction({ ...world.ctx, now: () => midnight }, async (tx) => {
      await endDueLimits(tx, accountIds);
      await settleWithin(tx, accountIds);
      if (day.endsWith("-01"))
        await issueInvoices(tx, { month: addDays(day, -1).slice(0, 7), accountIds: [...accountIds] });
    });
  }
}

const EVER = { from: "2020-01-01" as Day, to: "2035-01-01" as Day };

/** Lines without the ids that a copy has its own of. */
async function linesOf(ctx: Context, accountId: string) {
  const [lines, subscriptions] = await Promise.all([
    listCharges(ctx, { accountId, ...EVER }),
    rowsOf<{ id: string }>(
      ctx,
      sql`select id from subscriptions where account_id = ${accountId} order by started_on, id`,
    ),
  ]);
  const place = new Map(subscriptions.map(({ id }, index) => [id, index]));
  return lines
    .map(({ subscriptionId, ...line }) => ({ subscription: place.get(subscriptionId), ...line }))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}
const keyOf = (line: { subscription: number | undefined; periodStart: string; term: number; kind: string }) =>
  `${line.periodStart} ${line.subscription} ${line.term} ${line.kind}`;

const creditsOf = (ctx: Context, accountId: string) =>
  rowsOf(
    ctx,
    sql`select booked_on, amount_minor, vat_minor, reason, kind, period_start from adjustments
        where account_id = ${accountId} order by booked_on, period_start, kind, amount_minor`,
  );
const blocksOf = (ctx: Context, accountId: string) =>
  rowsOf(
    ctx,
    sql`select reason, from_at, until_at from blocks where account_id = ${accountId} order by from_at, reason, until_at`,
  );

/** Without the numbers, which every database gives by itself. */
const documentsOf = async (ctx: Context, accountId: string) =>
  (await listDocuments(ctx, { accountId, limit: 100 })).map(
    ({ number: _number, slug: _slug, ...document }) => document,
  );

async function subscriberWith(tariffs: readonly TariffOf[], paidMinor: bigint, startsOn = START) {
  world.travelTo(startsOn);
  const [first, ...rest] = await Promise.all(tariffs.map((tariff) => world.tariff(tariff)));
  const person = await world.subscriber({ ...(first && { tariffId: first }) });
  await startSubscriptions(
    world.ctx,
    rest.map((tariffId) => ({ accountId: person.accountId, tariffId, startedOn: startsOn })),
  );
  if (paidMinor > 0n) await world.pay(person.accountId, paidMinor);
  await settle(world.ctx, person.accountId);
  return person;
}

describe("twelve months of a copy", () => {
  const YEAR_LATER = "2027-09-10" as Day;
  const PAUSED = "a pause that was lifted, a limit that ends and a payment planned for a day";
  const KINDS: readonly [string, TariffOf[], bigint][] = [
    ["a prepaid month that runs dry", [{ feeMinor: 650_00n }], 3_000_00n],
    [
      "equal shares of days beside arrears",
      [
        { feeMinor: 300_00n, price: { chargeMethod: "daily" } },
        { feeMinor: 500_00n, price: { chargeMethod: "arrears", moneyGate: "always" } },
      ],
      2_000_00n,
    ],
    [
      "an anniversary, a quarter and an instalment",
      [
        { price: { chargeMethod: "anniversary" } },
        { feeMinor: 900_00n, price: { periodMonths: 3 } },
        { feeMinor: 500_00n, price: { maxCharges: 3 } },
      ],
      20_000_00n,
    ],
    ["a debt that closes the service", [{ feeMinor: 700_00n, price: { moneyGate: "always" } }], 0n],
  ];
  const lives = new Map<string, { accountId: string; copyId: string }>();

  beforeAll(async () => {
    const paused = await pausedSubscriber();
    const people: [string, { accountId: string }][] = [[PAUSED, paused]];
    for (const [name, tariffs, paid] of KINDS) people.push([name, await subscriberWith(tariffs, paid)]);
    for (const [name, person] of people) {
      const { copyId } = await copyAccount(admin, sandbox, person);
      lives.set(name, { accountId: person.accountId, copyId });
    }
    await liveThrough(
      people.map(([, { accountId }]) => accountId),
      START as Day,
      YEAR_LATER,
      async (day) => {
        if (day === "2026-10-10") await world.pay(paused.accountId, 1_500_00n);
      },
    );
  }, LONG_MS);

  test.each([...KINDS.map(([name]) => name), PAUSED])(
    "%s: the same lines, credits, blocks, documents and balance as the account itself under the same clock",
    async (name) => {
      const { accountId, copyId } = lives.get(name) ?? { accountId: "", copyId: "" };
      world.travelTo(START);
      if (name === PAUSED) await planPayment(sandbox, { copyId, amountMinor: 1_500_00n, paidOn: "2026-10-10" });
      const { clockAt } = await moveClock(sandbox, { copyId, step: "year" });
      expect(clockAt).toEqual(startOfDay(YEAR_LATER, ZONE));
      const copied = await linesOf(sandbox, copyId);
      expect(copied).toEqual(await linesOf(world.ctx, accountId));
      expect(copied.length).toBeGreaterThan(3);
      expect(await creditsOf(sandbox, copyId)).toEqual(await creditsOf(world.ctx, accountId));
      expect(await blocksOf(sandbox, copyId)).toEqual(await blocksOf(world.ctx, accountId));
      const documents = await documentsOf(sandbox, copyId);
      expect(documents).toEqual(await documentsOf(world.ctx, accountId));
      expect(documents.length).toBeGreaterThan(2);
      expect((await readCopy(sandbox, { copyId })).documents).toHaveLength(documents.length);
      expect(await readBalance(sandbox, copyId)).toBe(await readBalance(world.ctx, accountId));
    },
    LONG_MS,
  );

  /** Three days before everybody else, and as they are from then on. */
  async function pausedSubscriber() {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 500_00n, "2026-09-07");
    await openLimit(world.ctx, {
      accountId: person.accountId,
      requestKey: admin.newId(),
      amountMinor: 600_00n,
      untilOn: "2026-10-05",
    });
    const { blockId } = await placeBlock(world.ctx, { accountId: person.accountId, reason: "voluntary" });
    world.travelTo(START);
    await liftBlock(world.ctx, { accountId: person.accountId, blockId });
    await settle(world.ctx, person.accountId);
    return person;
  }
  test("a fee that was charged before the copy was made comes back in it as in life", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 2_000_00n);
    const { accountId, subscriptionId } = person;
    await setChangeDefault(world.asStaff("product_manager"), {
      ...{ direction: "up", allowed: true, feeMinor: 50_00n, timing: "either" },
    });
    const toTariffId = await world.tariff({ feeMinor: 900_00n });
    await changeTariff(world.ctx, { accountId, subscriptionId, toTariffId, when: "next_period" });
    await endSubscription(world.ctx, { accountId, subscriptionId, endedOn: "2026-10-01", reason: "left" });
    const { copyId } = await copyAccount(admin, sandbox, person);
    await moveClock(sandbox, { copyId, step: "month" });
    await liveThrough([accountId], START as Day, "2026-10-10" as Day);
    expect(await creditsOf(sandbox, copyId)).toMatchObject([{ reason: "fee_returned", amount_minor: "5000" }]);
    expect(await creditsOf(sandbox, copyId)).toEqual(await creditsOf(world.ctx, accountId));
    expect(await linesOf(sandbox, copyId)).toEqual(await linesOf(world.ctx, accountId));
    expect(await readBalance(sandbox, copyId)).toBe(await readBalance(world.ctx, accountId));
  });
});

describe("moving", () => {
  test("a day, to the next charge, and a month; copies of one account stand each at its own time", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 5_000_00n);
    const [one, two] = [await copyAccount(admin, sandbox, person), await copyAccount(admin, sandbox, person)];
    expect(one.ordinal).not.toBe(two.ordinal);
    expect((await moveClock(sandbox, { copyId: one.copyId, step: "day" })).clockAt).toEqual(at("2026-09-11"));
    const moved = await moveClock(sandbox, { copyId: one.copyId, step: "charge" });
    expect(moved).toMatchObject({ clockAt: at("2026-10-01"), charged: 1, parked: null });
    expect((await moveClock(sandbox, { copyId: one.copyId, step: "month" })).clockAt).toEqual(at("2026-11-01"));
    expect((await readCopy(sandbox, two)).clockOn).toBe(START);
    expect((await readCopy(sandbox, two)).charges).toEqual([]);
  });

  test("to the next charge stops where the service closes for want of money", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 500_00n);
    const { copyId } = await copyAccount(admin, sandbox, person);
    const moved = await moveClock(sandbox, { copyId, step: "charge" });
    expect(moved).toMatchObject({ clockAt: at("2026-10-01"), charged: 0 });
    const view = await readCopy(sandbox, { copyId });
    expect(view.subscriptions).toMatchObject([{ state: "running", blocks: ["financial"] }]);
    expect(await planPayment(sandbox, { copyId, amountMinor: 700_00n, paidOn: "2026-10-01" })).toEqual({
      posted: true,
    });
    expect((await readCopy(sandbox, { copyId })).subscriptions).toMatchObject([{ blocks: [] }]);
  });

  test("the page's figures are the book's: months add up to the balance, and the curve ends in it", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 5_000_00n);
    const { copyId } = await copyAccount(admin, sandbox, person);
    await planPayment(sandbox, { copyId, amountMinor: 300_00n, paidOn: "2026-11-05" });
    for (let month = 0; month < 3; month += 1) await moveClock(sandbox, { copyId, step: "month" });
    const view = await readCopy(sandbox, { copyId });
    expect(view.months).toHaveLength(4);
    expect(view.months.at(-1)?.balanceMinor).toBe(view.balanceMinor);
    expect(view.curve.at(-1)?.balanceMinor).toBe(view.balanceMinor);
    expect(view.months.reduce((sum, month) => sum + month.chargedMinor, 0n)).toBe(
      view.charges.reduce((sum, line) => sum + line.amountMinor, 0n),
    );
    expect(view.payments).toMatchObject([{ posted: true, amountMinor: 300_00n }]);
  });

  test("a day that is past, a way too long and a copy that is not there are refused, and nothing is moved", async () => {
    const person = await subscriberWith([{}], 1_000_00n);
    const { copyId } = await copyAccount(admin, sandbox, person);
    await expect(planPayment(sandbox, { copyId, amountMinor: 1n, paidOn: "2026-09-09" })).rejects.toMatchObject({
      reason: "sandbox.day_is_past",
    });
    const almost = at(addMonths(START as Day, 36));
    await other.sql`update sandbox_copies set clock_at = ${almost.toISOString()} where account_id = ${copyId}`;
    await expect(moveClock(sandbox, { copyId, step: "day" })).rejects.toMatchObject({ reason: "sandbox.too_far" });
    expect((await readCopy(sandbox, { copyId })).clockAt).toEqual(almost);
    await expect(moveClock(sandbox, { copyId: admin.newId(), step: "day" })).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});

describe("what is copied", () => {
  test("of every table of accounts it is decided whether a copy has it", async () => {
    const rows = await main.ownerSql<{ name: string }[]>`
      select t.relname as name from pg_class t join pg_attribute a on a.attrelid = t.oid
      where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
        and a.attname = 'account_id'`;
    const copied = ownTables(admin.newId(), START as Day).map(({ name }) => name);
    const decided = [...copied, ...Object.keys(NOT_COPIED)].filter(
      (name) => !["customers", "contracts", "accounts"].includes(name),
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(decided.sort());
  });

  test("neither a person nor a secret, nor anybody's words", async () => {
    const person = await subscriberWith([{}], 1_000_00n);
    await main.sql`update customers set name = 'Пелагея Тайная', phone = '+79995554433', email = 'tainaya@example.org',
      inn = '590000000001' where id = ${person.customerId}`;
    const [service] = await createServices(world.ctx, [
      { accountId: person.accountId, subscriptionId: person.subscriptionId, login: "tainaya-login" },
    ]);
    await main.sql`update services set static_ip = '203.0.113.77' where id = ${service?.serviceId ?? ""}`;
    await placeBlock(world.ctx, { accountId: person.accountId, reason: "administrative", note: "жалоба Тайной" });
    const [{ secret } = { secret: "" }] = await main.sql<{ secret: string }[]>`
      select secret from services where account_id = ${person.accountId}`;
    expect(secret).not.toBe("");
    await copyAccount(admin, sandbox, person);
    const everything = await dumpOf(other);
    for (const word of ["Тайн", "79995554433", "tainaya", "590000000001", "203.0.113.77", secret, "ул. Лесная"]) {
      expect(everything, word).not.toContain(word);
    }
    for (const id of [person.accountId, person.customerId, person.subscriptionId]) {
      // The source's account alone is named, as the source.
      expect(await countOf(other, id), id).toBe(id === person.accountId ? 2 : 0);
    }
    const trail =
      await main.sql`select action from audit_log where account_id = ${person.accountId} and action = 'sandbox.copy'`;
    expect(trail).toHaveLength(1);
  });

  test("a copy is begun anew with the subscriber as they are now, and dropped without a trace of its money", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 5_000_00n);
    const { copyId, ordinal } = await copyAccount(admin, sandbox, person);
    await moveClock(sandbox, { copyId, step: "month" });
    await world.pay(person.accountId, 111_00n);
    await resetCopy(admin, sandbox, { copyId });
    const fresh = await readCopy(sandbox, { copyId });
    expect(fresh).toMatchObject({ ordinal, clockOn: START, charges: [] });
    expect(fresh.balanceMinor).toBe(await readBalance(world.ctx, person.accountId));
    await dropCopy(sandbox, { copyId });
    await expect(readCopy(sandbox, { copyId })).rejects.toMatchObject({ reason: "sandbox.copy_not_found" });
    expect((await listCopies(sandbox)).some((copy) => copy.copyId === copyId)).toBe(false);
    const [left] = await other.sql`select count(*)::int as n from transfers where account_id = ${copyId}`;
    expect(left).toEqual({ n: 0 });
  });
});

describe("nothing outside is touched", () => {
  test("the queue of a sandbox takes no job, and the main database hears of nothing", async () => {
    const person = await subscriberWith([{ feeMinor: 650_00n }], 700_00n);
    await createServices(world.ctx, [
      { accountId: person.accountId, subscriptionId: person.subscriptionId, login: `q${person.accountNumber}` },
    ]);
    const { copyId } = await copyAccount(admin, sandbox, person);
    const before = await stateOf(main);
    await planPayment(sandbox, { copyId, amountMinor: 500_00n, paidOn: "2026-10-10" });
    for (let month = 0; month < 2; month += 1) await moveClock(sandbox, { copyId, step: "month" });
    const told = await other.sql<{ type: string }[]>`select distinct type from events where account_id = ${copyId}`;
    // Each of these would have caused a job: an activation, a settling, an offer told to the subscriber.
    expect(told.map((row) => row.type)).toEqual(
      expect.arrayContaining(["charge.refused", "payment.posted", "service.desired", "invoice.issued"]),
    );
    expect(await other.sql`select id from graphile_worker._private_jobs`).toEqual([]);
    expect(await other.sql`select id from messages`).toEqual([]);
    expect(await stateOf(main)).toEqual(before);
  });

  test("a database without the mark refuses every verb of the test clock, and its own function refuses to drop", async () => {
    const person = await subscriberWith([{}], 1_000_00n);
    const copyId = person.accountId;
    const refused = { kind: "precondition", reason: "sandbox.not_a_sandbox" };
    await expect(copyAccount(admin, admin, person)).rejects.toMatchObject(refused);
    await expect(moveClock(admin, { copyId, step: "year" })).rejects.toMatchObject(refused);
    await expect(planPayment(admin, { copyId, amountMinor: 1n, paidOn: START })).rejects.toMatchObject(refused);
    await expect(resetCopy(admin, admin, { copyId })).rejects.toMatchObject(refused);
    await expect(dropCopy(admin, { copyId })).rejects.toMatchObject(refused);
    await expect(readCopy(admin, { copyId })).rejects.toMatchObject(refused);
    await expect(listCopies(admin)).rejects.toMatchObject(refused);
    await expect(main.sql`select drop_sandbox_copy(${copyId})`).rejects.toMatchObject({ code: "42501" });
    await expect(main.sql`insert into sandbox_mark default values`).rejects.toMatchObject({ code: "42501" });
  });

  test("nobody but an administrator", async () => {
    const person = await subscriberWith([{}], 0n);
    for (const role of ["support_lead", "billing_operator", "product_manager", "manager"] as const) {
      const ctx = world.asStaff(role);
      await expect(copyAccount(ctx, { ...ctx, db: other.db }, person)).rejects.toMatchObject({ kind: "forbidden" });
      await expect(listCopies({ ...ctx, db: other.db })).rejects.toMatchObject({ kind: "forbidden" });
    }
  });

  test("the sandbox's own ledger proves itself after all that", async () => {
    await ensurePartitions(sandbox, "2026-09-01" as Day, "2026-10-01" as Day);
    expect(await proveLedger({ ...sandbox, actor: { kind: "job", name: "test" } })).toMatchObject({ proven: true });
  });
});

const at = (day: string) => startOfDay(day as Day, ZONE);

async function tablesOf(database: TestDatabase): Promise<string[]> {
  const rows = await database.ownerSql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`;
  return rows.map((row) => row.name).sort();
}

async function dumpOf(database: TestDatabase): Promise<string> {
  const parts = await Promise.all(
    (await tablesOf(database)).map((name) =>
      database.ownerSql.unsafe(`select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as text from ${name} t`),
    ),
  );
  return parts.map(([row]) => String(row?.text)).join("\n");
}

const countOf = async (database: TestDatabase, word: string) => (await dumpOf(database)).split(word).length - 1;

/** How many rows of everything, jobs among them. */
async function stateOf(database: TestDatabase): Promise<Record<string, unknown>> {
  const names = [...(await tablesOf(database)), "graphile_worker._private_jobs"];
  const counts = await Promise.all(
    names.map((name) => database.ownerSql.unsafe(`select count(*)::int as n from ${name}`)),
  );
  return Object.fromEntries(names.map((name, index) => [name, counts[index]?.[0]?.n]));
}
