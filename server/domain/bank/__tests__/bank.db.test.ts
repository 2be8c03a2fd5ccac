import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { customers, legalEntities } from "@/db/schema";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { isDomainError } from "@/server/kernel/errors";
import { rowsOf } from "@/server/platform/rows";
import { createWorld, type Subscriber, type World } from "@/server/scenarios/world";
import { importStatement, listCredits, placeCredit, readOwnAccounts, setOwnAccounts } from "..";

const OWN = "40702810801500116391";
const SECOND = "40702810801500116392";

let database: TestDatabase;
let world: World;
let tariffId: string;
let anna: Subscriber;
let boris: Subscriber;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-10");
  tariffId = await world.tariff();
  await own(OWN);
});
beforeEach(async () => {
  [anna, boris] = [await world.subscriber({ tariffId }), await world.subscriber({ tariffId })];
});
afterAll(() => database.close());

async function own(...numbers: readonly string[]) {
  const { legalEntities: companies, mark } = await readOwnAccounts(world.ctx);
  const legalEntityId = companies[0]?.id ?? "";
  await setOwnAccounts(world.ctx, { seen: mark, accounts: numbers.map((number) => ({ legalEntityId, number })) });
}

interface Doc {
  readonly number?: string;
  readonly amount?: string;
  readonly purpose?: string;
  readonly inn?: string;
  readonly payer?: string;
  readonly payee?: string;
  readonly received?: string;
}

const number = () => `${++made}`;
/** Everybody pays from an account of their own. */
const payerOf = (of: string) => `40817810${of.padStart(12, "0")}`;

function documentText({ number: said = number(), amount = "700", purpose = "", inn = "", ...rest }: Doc): string {
  const { payer = payerOf(said), payee = OWN, received = "10.11.2026" } = rest;
  return `СекцияДокумент=Платежное поручение
Номер=${said}
Дата=09.11.2026
Сумма=${amount}
ПлательщикСчет=${payer}
ПлательщикИНН=${inn}
Плательщик1=Плательщик
ПлательщикБИК=044525593
ПолучательСчет=${payee}
ДатаПоступило=${received}
НазначениеПлатежа=${purpose}
КонецДокумента`;
}

const fileOf = (...documents: readonly Doc[]) => ({
  name: "выписка.txt",
  sha256: `${++made}`,
  encoding: "windows-1251",
  text: ["1CClientBankExchange", "ВерсияФормата=1.03", ...documents.map(documentText), "КонецФайла"].join("\r\n"),
});
const take = (...documents: readonly Doc[]) => importStatement(world.ctx, fileOf(...documents));
const balanceOf = ({ accountId }: Subscriber) => readBalance(world.ctx, accountId);
const clerk = () => world.asStaff("billing_operator");
const waiting = async () => (await listCredits(clerk(), {})).credits;
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isDomainError(error) ? error.reason : error),
  );

/** The one credit that a statement of one document left in the queue. */
async function unknownCredit(document: Doc) {
  const name = number();
  await take({ ...document, number: name });
  const credit = (await waiting()).find((one) => one.number === name);
  if (!credit) throw new Error("nothing waits");
  return credit;
}

describe("taking a statement", () => {
  test("posts what is certain as a payment, with its settling, and leaves the rest to a person", async () => {
    const report = await take(
      { purpose: `л/с ${anna.accountNumber}`, amount: "700.50" },
      { purpose: "спасибо за интернет", amount: "99" },
    );
    expect(report).toMatchObject({
      outcome: "taken",
      posted: { count: 1, amountMinor: 700_50n },
      queued: { count: 1, amountMinor: 99_00n },
    });
    expect(await balanceOf(anna)).toBe(700_50n);
    const rows = await rowsOf(
      world.ctx,
      sql`
      select p.provider, p.paid_at, t.debit, t.booked_on, e.type from payments p
      join transfers t on t.account_id = p.account_id and t.subject_id = p.id
      join events e on e.account_id = p.account_id and e.payload ->> 'paymentId' = p.id::text
      where p.account_id = ${anna.accountId}`,
    );
    expect(rows).toMatchObject([
      { provider: "bank", debit: "cash:bank", booked_on: "2026-11-10", type: "payment.posted" },
    ]);
    expect((await proveLedger(world.ctx)).differing).toBe(0);
  });

  test("counts what is not subscribers' money and posts none of it", async () => {
    await own(OWN, SECOND);
    const { documents, posted, queued } = await take(
      { payer: OWN, payee: "40802810012010992796", received: "" },
      { payer: OWN, payee: SECOND },
      { purpose: `л/с ${anna.accountNumber}`, received: "" },
      { purpose: `л/с ${anna.accountNumber}`, payee: "40802810012010992796" },
    );
    await own(OWN);
    expect({ posted: posted.count, queued: queued.count }).toEqual({ posted: 0, queued: 0 });
    expect(Object.fromEntries(Object.entries(documents).map(([sort, { count }]) => [sort, count]))).toEqual({
      ...{ credit: 0, debit: 1, between_own: 1, not_received: 1, foreign: 1 },
    });
    expect(await balanceOf(anna)).toBe(0n);
  });

  test("twice, or the same document in another file, changes nothing", async () => {
    const document = { number: number(), purpose: `л/с ${anna.accountNumber}` };
    await take(document);
    expect(await take(document)).toMatchObject({ outcome: "unchanged", repeated: { count: 1 } });
    const both = await take(document, { purpose: `л/с ${boris.accountNumber}` });
    expect(both).toMatchObject({ outcome: "taken", repeated: { count: 1 }, posted: { count: 1 } });
    expect([await balanceOf(anna), await balanceOf(boris)]).toEqual([700_00n, 700_00n]);
  });

  test("at the same moment from two sides posts once", async () => {
    const document = { number: number(), purpose: `л/с ${anna.accountNumber}` };
    const reports = await Promise.all([1, 2, 3].map(() => take(document)));
    expect(reports.map(({ outcome }) => outcome).sort()).toEqual(["taken", "unchanged", "unchanged"]);
    expect(await balanceOf(anna)).toBe(700_00n);
  });

  test("does not take a document that repeats another but for its purpose, and names its line", async () => {
    const name = number();
    const report = await take(
      { number: name, purpose: `л/с ${anna.accountNumber}` },
      { number: name, purpose: `л/с ${boris.accountNumber}` },
    );
    expect(report).toMatchObject({ posted: { count: 1 }, repeated: { count: 1 }, doubtful: [15] });
    expect(await balanceOf(boris)).toBe(0n);
  });

  test("that is cut off writes nothing of it", async () => {
    const file = fileOf({ purpose: `л/с ${anna.accountNumber}` });
    const cut = { ...file, text: file.text.replace("КонецФайла", "") };
    expect(await refusal(importStatement(world.ctx, cut))).toBe("bank.cut");
    expect(await balanceOf(anna)).toBe(0n);
  });

  test("puts nothing on an account of another company", async () => {
    const [other] = await world.ctx.db
      .insert(legalEntities)
      .values({ id: world.ctx.newId(), name: "ООО «Другая»", zone: "Europe/Moscow" })
      .returning();
    const before = await readOwnAccounts(world.ctx);
    const accounts = [...before.accounts, { legalEntityId: other?.id ?? "", number: SECOND }];
    await setOwnAccounts(world.ctx, { seen: before.mark, accounts });
    expect(await take({ purpose: `л/с ${anna.accountNumber}`, payee: SECOND })).toMatchObject({ posted: { count: 0 } });
    await own(OWN);
  });

  test("is refused to whoever may not, and while no own accounts are named", async () => {
    expect(await refusal(importStatement(world.asStaff("support_agent"), fileOf({})))).toBe("access.forbidden");
    await own();
    expect(await refusal(take({}))).toBe("bank.no_own_accounts");
    await own(OWN);
  });
});

describe("whose money it may be", () => {
  test("is said by the payer's ИНН, and certain with a document of the sum", async () => {
    const inn = `77${(10_000_000 + made).toString()}`;
    await world.ctx.db.update(customers).set({ inn, kind: "company" }).where(sql`id = ${anna.customerId}`);
    const credit = await unknownCredit({ inn, purpose: "за услуги" });
    expect(credit.suggestions).toMatchObject([
      { accountNumber: anna.accountNumber, confidence: 55, reasons: ["inn", "only_account"] },
    ]);
  });

  test("is remembered by the payer's account, but not by a bank's own", async () => {
    const [mine, banks] = ["40817810500000000777", "30232810500000000777"];
    for (const payer of [mine, banks]) {
      const { creditId } = await unknownCredit({ payer });
      const parts = [{ accountNumber: anna.accountNumber, amountMinor: 700_00n }];
      await placeCredit(clerk(), { creditId, parts });
    }
    expect((await unknownCredit({ payer: mine })).suggestions).toMatchObject([{ reasons: ["payer_known"] }]);
    expect((await unknownCredit({ payer: banks })).suggestions).toEqual([]);
  });
});

describe("a person places money", () => {
  const parts = (...of: readonly (readonly [Subscriber, bigint])[]) =>
    of.map(([{ accountNumber }, amountMinor]) => ({ accountNumber, amountMinor }));

  test("on several accounts, to the kopeck, and it leaves the queue with who did it", async () => {
    const { creditId } = await unknownCredit({ amount: "1000.01" });
    await placeCredit(clerk(), { creditId, parts: parts([anna, 400_00n], [boris, 600_01n]) });
    expect([await balanceOf(anna), await balanceOf(boris)]).toEqual([400_00n, 600_01n]);
    expect((await waiting()).some((one) => one.creditId === creditId)).toBe(false);
    const placed = (await listCredits(clerk(), { state: "matched" })).credits.find((one) => one.creditId === creditId);
    expect(placed?.parts).toMatchObject([
      { accountNumber: anna.accountNumber, confidence: null },
      { accountNumber: boris.accountNumber, confidence: null },
    ]);
  });

  test.each([
    ["a sum that differs", () => parts([anna, 699_99n]), "bank.sum_differs"],
    ["an account that is not there", () => [{ accountNumber: "нет", amountMinor: 700_00n }], "account.not_found"],
    ["an account that is named twice", () => parts([anna, 350_00n], [anna, 350_00n]), "bank.account_twice"],
  ])("but not with %s", async (_what, chosen, reason) => {
    const { creditId } = await unknownCredit({});
    expect(await refusal(placeCredit(clerk(), { creditId, parts: chosen() }))).toBe(reason);
    expect(await balanceOf(anna)).toBe(0n);
  });

  test("once, though two people press at the same moment", async () => {
    const { creditId } = await unknownCredit({});
    const answers = await Promise.all(
      [anna, boris].map((one) => refusal(placeCredit(clerk(), { creditId, parts: parts([one, 700_00n]) }))),
    );
    expect(answers.sort()).toEqual(["bank.already_placed", null]);
    expect((await balanceOf(anna)) + (await balanceOf(boris))).toBe(700_00n);
  });

  test("unless they may not", async () => {
    const { creditId } = await unknownCredit({});
    const chosen = { creditId, parts: parts([anna, 700_00n]) };
    expect(await refusal(placeCredit(world.asStaff("manager"), chosen))).toBe("access.forbidden");
    expect(await refusal(placeCredit(world.asSubscriber(anna.customerId), chosen))).toBe("access.forbidden");
  });
});
