import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accounts, customers, invoiceLines, invoices, settings } from "@/db/schema";
import { type TestDatabase, testDatabase, testDatabaseForThisTest } from "@/db/testing/database";
import { addressLine } from "@/server/domain/crm";
import { billAccounts } from "@/server/domain/runs";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { correctCharge, issueInvoices, issuePaymentRequest } from "..";

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-10-01");
});
afterAll(() => database.close());

/** A subscriber charged 650.00 for October 2026. */
async function charged(in_: World = world, feeMinor = 650_00n): Promise<Subscriber> {
  in_.travelTo("2026-10-01");
  const person = await in_.subscriber({ tariffId: await in_.tariff({ feeMinor }) });
  await in_.pay(person.accountId, 5_000_00n);
  await billAccounts(in_.ctx, { accountIds: [person.accountId] });
  return person;
}

const credit = (person: Subscriber, amountMinor: bigint | null) =>
  correctCharge(world.ctx, {
    accountId: person.accountId,
    subscriptionId: person.subscriptionId,
    periodStart: "2026-10-01",
    amountMinor,
    reason: "outage",
    note: "авария на узле",
    requestKey: world.ctx.newId(),
  });

const become = (person: Subscriber, kind: string) =>
  database.db
    .update(customers)
    .set({ kind, inn: "5904118837", kpp: "590401001" })
    .where(eq(customers.id, person.customerId));

const issue = (...people: Subscriber[]) => {
  world.travelTo("2026-11-02");
  return issueInvoices(world.ctx, { month: "2026-10", accountIds: people.map((person) => person.accountId) });
};

const documentsOf = ({ accountId }: Subscriber) =>
  database.db
    .select()
    .from(invoices)
    .where(eq(invoices.accountId, accountId))
    .orderBy(invoices.month, invoices.ordinal, invoices.kind);
const linesOf = ({ accountId }: Subscriber) =>
  database.db
    .select()
    .from(invoiceLines)
    .where(eq(invoiceLines.accountId, accountId))
    .orderBy(invoiceLines.ordinal, invoiceLines.line);

/** A charge as another engine's day would make it; the book is not asked here. */
const addCharge = (person: Subscriber, day: string, amount: number, kind = "daily") =>
  database.db.execute(sql`
    insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                         period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
    select ${person.accountId}, ${person.subscriptionId}, ${day}::date, ${kind}, ${day}::date + 1, ${day}::date, ${day}::date + 1, 1,
           31, ${day}::date, s.tariff_id, 1, 31000, ${amount}, 22, round(${amount}::numeric * 22 / 122)
    from subscriptions s where s.account_id = ${person.accountId}`);

describe("the invoice of a month", () => {
  test("copies what was charged and given back, line by line, and comes to the same sum", async () => {
    const person = await charged();
    await credit(person, 100_00n);
    expect(await issue(person)).toEqual({ issued: 1, skipped: 0, documents: 1, totalMinor: 550_00n });
    const [document] = await documentsOf(person);
    expect(document).toMatchObject({
      kind: "invoice",
      ordinal: 0,
      issuedOn: "2026-10-31",
      dueOn: null,
      totalMinor: 550_00n,
      // 117.21 − 18.03
      vatMinor: 99_18n,
    });
    expect(await linesOf(person)).toMatchObject([
      {
        line: 1,
        kind: "recurring",
        sourceId: person.subscriptionId,
        chargedDays: 31,
        periodDays: 31,
        priceVersion: 1,
        feeMinor: 650_00n,
        amountMinor: 650_00n,
        vatPercent: 22,
        vatMinor: 117_21n,
      },
      { line: 2, kind: "adjustment", reason: "outage", amountMinor: -100_00n, vatMinor: -18_03n },
    ]);
  });

  test("is issued once, by however many at once; a repeat adds nothing", async () => {
    const people = await Promise.all([charged(), charged(), charged()]);
    await Promise.all(Array.from({ length: 4 }, () => issue(...people)));
    expect(await issue(...people)).toMatchObject({ issued: 0, skipped: 3, documents: 0, totalMinor: 0n });
    for (const person of people) expect(await documentsOf(person)).toHaveLength(1);
  });

  test("that comes to zero is not made; a charge that comes late then makes it with everything", async () => {
    const person = await charged();
    await credit(person, null);
    expect(await issue(person)).toMatchObject({ issued: 0, skipped: 1 });
    expect(await linesOf(person)).toEqual([]);
    await addCharge(person, "2026-10-20", 50_00, "one_off");
    expect(await issue(person)).toMatchObject({ issued: 1, totalMinor: 50_00n });
    expect(await linesOf(person)).toHaveLength(3);
  });

  test("stays as it is when a charge of the month comes late: a further document holds it", async () => {
    const person = await charged();
    await issue(person);
    const before = await documentsOf(person);
    await addCharge(person, "2026-10-31", 12_34, "usage");
    expect(await issue(person)).toMatchObject({ issued: 1, totalMinor: 12_34n });
    const after = await documentsOf(person);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ ordinal: 1, totalMinor: 12_34n });
    expect(await issue(person)).toMatchObject({ issued: 0 });
  });

  test("holds shares of days as one line, and of late days only what is new", async () => {
    const person = await charged();
    for (const day of ["2026-10-10", "2026-10-11", "2026-10-12"]) await addCharge(person, day, 10_00);
    await issue(person);
    const lines = await linesOf(person);
    expect(lines.find((line) => line.kind === "daily")).toMatchObject({
      chargedDays: 3,
      chargedFrom: "2026-10-10",
      chargedTo: "2026-10-13",
      amountMinor: 30_00n,
      vatMinor: 5_40n,
    });
    await addCharge(person, "2026-10-13", 10_00);
    expect(await issue(person)).toMatchObject({ issued: 1, totalMinor: 10_00n });
    expect((await linesOf(person)).at(-1)).toMatchObject({
      ordinal: 1,
      kind: "daily",
      chargedDays: 1,
      amountMinor: 10_00n,
    });
  });

  test("is a credit note when more was given back than charged", async () => {
    const person = await charged();
    await issue(person);
    await credit(person, 70_00n);
    world.travelTo("2026-12-02");
    const month = { month: "2026-11", accountIds: [person.accountId] };
    expect(await issueInvoices(world.ctx, month)).toMatchObject({ issued: 1, totalMinor: -70_00n });
    expect((await documentsOf(person)).at(-1)).toMatchObject({ kind: "credit_note", dueOn: null, totalMinor: -70_00n });
  });

  test("has an act beside it for a company and a sole trader, over the same lines", async () => {
    const [company, trader] = [await charged(), await charged()];
    await become(company, "company");
    await become(trader, "sole_trader");
    await database.db.update(accounts).set({ paymentTermDays: 30 }).where(eq(accounts.id, company.accountId));
    // A company that pays afterwards owes the month.
    await database.db.execute(
      sql`update account_balances set balance_minor = -65000 where account_id = ${company.accountId}`,
    );
    expect(await issue(company, trader)).toMatchObject({ issued: 2, documents: 4 });
    expect(await documentsOf(company)).toMatchObject([
      { kind: "act", ordinal: 0, dueOn: null, totalMinor: 650_00n },
      { kind: "invoice", ordinal: 0, dueOn: "2026-11-30", totalMinor: 650_00n },
    ]);
    expect(await linesOf(company)).toHaveLength(1);
  });

  test("keeps the names and addresses that it was issued with", async () => {
    const person = await charged();
    await issue(person);
    await database.db.update(customers).set({ name: "Иванова Мария" }).where(eq(customers.id, person.customerId));
    const requisites = () =>
      rowsOf<Record<string, string>>(
        world.ctx,
        sql`select p.*, h.city, h.street, h.house, h.flat, i.month from invoices i
            join document_parties p on p.id = i.buyer_id
            join accounts a on a.id = i.account_id join addresses h on h.id = a.address_id
            where i.account_id = ${person.accountId} order by i.month`,
      );
    const [before] = await requisites();
    expect(before?.name).toMatch(/^Абонент/);
    const { city = "", street = "", house = "", flat = "" } = before ?? {};
    expect(before?.address).toBe(addressLine({ city, street, house, flat }));
    world.travelTo("2026-11-05");
    await billAccounts(world.ctx, { accountIds: [person.accountId] });
    world.travelTo("2026-12-02");
    await issueInvoices(world.ctx, { month: "2026-11", accountIds: [person.accountId] });
    expect((await requisites()).map((row) => row.name)).toEqual([before?.name, "Иванова Мария"]);
  });

  test("is refused while the month runs, and before the first month of documents", async () => {
    const person = await charged();
    const input = { month: "2026-10", accountIds: [person.accountId] };
    world.travelTo("2026-10-31");
    await expect(issueInvoices(world.ctx, input)).rejects.toMatchObject({ reason: "invoice.month_not_over" });
    await database.db.insert(settings).values({ key: "invoices.from", value: "2026-11" });
    world.travelTo("2026-11-01");
    await expect(issueInvoices(world.ctx, input)).rejects.toMatchObject({ reason: "invoice.before_first" });
    await database.db.delete(settings);
    await expect(issueInvoices(world.asStaff("support_lead"), input)).rejects.toMatchObject({ kind: "forbidden" });
  });
});

test("numbers have no gap and no double under eight issuers at once, one of which fails", async () => {
  const own = await testDatabaseForThisTest();
  const town = await createWorld(own.db, "2026-10-01");
  const tariffId = await town.tariff();
  const people: Subscriber[] = [];
  for (let index = 0; index < 48; index += 1) people.push(await town.subscriber({ tariffId }));
  for (const person of people) await town.pay(person.accountId, 650_00n);
  await billAccounts(town.ctx, { accountIds: people.map((person) => person.accountId) });
  await own.db.update(customers).set({ kind: "company" }).where(sql`${customers.name} like '%0'`);
  town.travelTo("2026-11-02");
  const groups = Array.from({ length: 8 }, (_, place) => people.filter((__, index) => index % 8 === place));
  const failing = { ...town.ctx, newId: () => "no id" };
  await Promise.allSettled(
    groups.map((group, place) =>
      issueInvoices(place === 3 ? failing : town.ctx, {
        month: "2026-10",
        accountIds: group.map((one) => one.accountId),
      }),
    ),
  );
  const numbersOf = async (kind: string) =>
    (
      await own.db
        .select({ number: invoices.number })
        .from(invoices)
        .where(eq(invoices.kind, kind))
        .orderBy(invoices.number)
    ).map((row) => row.number);
  expect(await numbersOf("invoice")).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
  await issueInvoices(town.ctx, { month: "2026-10", accountIds: people.map((one) => one.accountId) });
  expect(await numbersOf("invoice")).toEqual(Array.from({ length: 48 }, (_, index) => index + 1));
  const acts = await numbersOf("act");
  expect(acts).toEqual(Array.from({ length: acts.length }, (_, index) => index + 1));
  expect(acts.length).toBeGreaterThan(0);
});

describe("a payment request", () => {
  const ask = (
    person: Subscriber,
    amountMinor: bigint,
    requestKey: string,
    ctx = world.asSubscriber(person.customerId),
  ) => issuePaymentRequest(ctx, { accountId: person.accountId, amountMinor, requestKey });

  test("is made for a company by itself, once a key, with its own number and today's VAT, and owes nothing", async () => {
    const company = await charged();
    await become(company, "company");
    world.travelTo("2026-11-10");
    const key = world.ctx.newId();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(company, 12_200_00n, key)));
    expect(new Set(answers.map((answer) => answer.slug))).toEqual(new Set(["2026-11-payment_request-0"]));
    expect(await documentsOf(company)).toMatchObject([
      { kind: "payment_request", dueOn: "2026-11-24", totalMinor: 12_200_00n, vatMinor: 2_200_00n },
    ]);
    expect(await ask(company, 5_00n, world.ctx.newId())).toEqual({ slug: "2026-11-payment_request-1" });
    await expect(ask(company, 5_00n, key)).rejects.toMatchObject({ kind: "conflict" });
    const [book] = await rowsOf(
      world.ctx,
      sql`select count(*)::int as n from transfers where account_id = ${company.accountId} and booked_on >= '2026-11-01'`,
    );
    expect(book).toEqual({ n: 0 });
    await billAccounts(world.ctx, { accountIds: [company.accountId] });
    world.travelTo("2026-12-02");
    await issueInvoices(world.ctx, { month: "2026-11", accountIds: [company.accountId] });
    expect((await documentsOf(company)).filter((row) => row.kind === "invoice")).toMatchObject([{ ordinal: 2 }]);
  });

  test("is not for a person, nor for another's account", async () => {
    const [person, other] = [await charged(), await charged()];
    await expect(ask(person, 100_00n, world.ctx.newId())).rejects.toMatchObject({
      reason: "payment_request.not_for_person",
    });
    await expect(ask(person, 100_00n, world.ctx.newId(), world.asSubscriber(other.customerId))).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});
