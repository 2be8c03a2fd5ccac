import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accounts, customers } from "@/db/schema";
import type { TestDatabase } from "@/db/testing/database";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts } from "@/server/domain/runs";
import { rowsOf } from "@/server/platform/rows";
import type { Subscriber, World } from "@/server/scenarios/world";
import {
  NOON,
  payQuery as payQueryOf,
  QIWI,
  type Sent,
  type TerminalWorld,
  terminalWorld,
  txn,
} from "./terminal-world";

let door: TerminalWorld;
let world: World;
let database: TestDatabase;
let anna: Subscriber;
beforeAll(async () => {
  door = await terminalWorld();
  ({ world, database } = door);
});
afterAll(() => database.close());
beforeEach(async () => {
  world.travelTo("2026-11-25");
  anna = await world.subscriber({});
});

const osmp = (query: string, sent?: Sent) => door.osmp(query, sent);
const sber = (query: string, sent?: Sent) => door.sber(query, sent);
const booked = (accountId = anna.accountId) => door.booked(accountId);
const payQuery = (txnId: string, sum?: string, accountNumber = anna.accountNumber) =>
  payQueryOf({ accountNumber }, txnId, sum);
const nothing = { transfers: 0, payments: 0, claims: 0, events: 0, balance: 0 };
const once = { transfers: 1, payments: 1, claims: 1, events: 1, jobs: 1, balance: 650_00 };

describe("OSMP", () => {
  test("check says yes and nothing else; pay posts once, with the job that brings the service back", async () => {
    const checked = await osmp(`command=check&txn_id=1&account=${anna.accountNumber}&sum=650.00`);
    expect(checked.text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<response><osmp_txn_id>1</osmp_txn_id><result>0</result><comment>OK</comment></response>\n',
    );
    expect(await booked()).toMatchObject(nothing);
    const txnId = "99999999999999999999";
    const paid = await osmp(payQuery(txnId));
    expect(paid).toMatchObject({ status: 200, osmp_txn_id: txnId, sum: "650.00", result: "0", comment: "OK" });
    expect(paid.prv_txn).toMatch(/^\d+$/);
    expect(await booked()).toEqual(once);
  });

  test("five times at once is one posting and one answer, to the letter, and so it is the day after", async () => {
    const txnId = txn();
    const answers = await Promise.all(Array.from({ length: 5 }, () => osmp(payQuery(txnId))));
    world.travelTo("2026-11-26");
    answers.push(await osmp(payQuery(txnId)));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]?.result).toBe("0");
    expect(await booked()).toEqual(once);
  });

  test("many payments of one account at once are all posted", async () => {
    const ids = Array.from({ length: 8 }, txn);
    const answers = await Promise.all(ids.flatMap((id) => [osmp(payQuery(id, "10.45")), osmp(payQuery(id, "10.45"))]));
    expect(answers.every((answer) => answer.result === "0")).toBe(true);
    expect(new Set(answers.map((answer) => answer.prv_txn)).size).toBe(8);
    expect(await booked()).toMatchObject({ transfers: 8, claims: 8, balance: 8 * 10_45 });
  });

  test("the same id with another sum or account is 300, an alarm, and no money", async () => {
    const txnId = txn();
    await osmp(payQuery(txnId));
    const boris = await world.subscriber({});
    expect(await osmp(payQuery(txnId, "650.01"))).toMatchObject({ status: 200, result: "300", osmp_txn_id: txnId });
    expect(await osmp(payQuery(txnId, "650.00", boris.accountNumber))).toMatchObject({ result: "300" });
    expect([await booked(), await booked(boris.accountId)]).toMatchObject([once, nothing]);
    const [row] = await rowsOf<{ n: string }>(
      world.ctx,
      sql`select count(*) as n from events where type = 'payment.conflict' and payload ->> 'txnId' = ${txnId}`,
    );
    expect(Number(row?.n)).toBe(2);
  });

  test("the same id at once for two accounts: one of them is paid, the other is told 300", async () => {
    const boris = await world.subscriber({});
    const txnId = txn();
    const answers = await Promise.all([osmp(payQuery(txnId)), osmp(payQuery(txnId, "650.00", boris.accountNumber))]);
    expect(answers.map((answer) => answer.result).sort()).toEqual(["0", "300"]);
    const [a, b] = [await booked(), await booked(boris.accountId)];
    expect([a.transfers, b.transfers].sort()).toEqual([0, 1]);
  });

  test("another terminal's same id is another payment", async () => {
    const rapida = await door.add(`r${txn()}`, "osmp", [QIWI]);
    const txnId = txn();
    await osmp(payQuery(txnId));
    expect(await osmp(payQuery(txnId, "10.00"), { login: rapida })).toMatchObject({ result: "0" });
    expect(await booked()).toMatchObject({ transfers: 2, balance: 660_00 });
  });

  test("the day and hour of the machine stand in the payment, the day of the book is today", async () => {
    const txnId = txn();
    await osmp(payQuery(txnId).replace(NOON, "20261124233000"));
    const [row] = await rowsOf<Record<string, string>>(
      world.ctx,
      sql`select p.paid_at, t.booked_on, t.occurred_at, t.debit from payments p
          join transfers t on t.account_id = p.account_id and t.subject_id = p.id where p.provider_payment_id = ${txnId}`,
    );
    expect({ ...row, paid_at: new Date(row?.paid_at ?? ""), occurred_at: new Date(row?.occurred_at ?? "") }).toEqual({
      paid_at: new Date("2026-11-24T20:30:00Z"),
      occurred_at: new Date("2026-11-24T20:30:00Z"),
      booked_on: "2026-11-25",
      debit: "cash:qiwi",
    });
  });

  test("a company's payment opens the VAT of an advance", async () => {
    await database.db.update(customers).set({ kind: "company" }).where(eq(customers.id, anna.customerId));
    await osmp(payQuery(txn(), "1220.00"));
    const [row] = await rowsOf<Record<string, unknown>>(
      world.ctx,
      sql`select open_minor::text as open, open_vat_minor::text as vat from vat_advances where account_id = ${anna.accountId}`,
    );
    expect(row).toEqual({ open: "122000", vat: "22000" });
  });

  test("a form says the same as a query", async () => {
    expect(await osmp("", { body: payQuery(txn()) })).toMatchObject({ result: "0" });
    expect(await booked()).toEqual(once);
  });

  const account = (): string => `account=${anna.accountNumber}`;
  test.each([
    ["no such account", () => `command=pay&txn_id=${txn()}&account=404404&sum=1.00`, "5"],
    ["no such account, asked only", () => `command=check&txn_id=${txn()}&account=404404&sum=1.00`, "5"],
    [
      "an account that is markup",
      () => `command=check&account=%3C!ENTITY%20x%20SYSTEM%20%22file:///etc/passwd%22%3E`,
      "4",
    ],
    ["an account in another encoding", () => "command=check&account=%CB-1", "4"],
    ["half a character", () => "command=check&account=%D0", "4"],
    ["a question of SQL", () => "command=check&account=1'%20or%20'1'='1", "4"],
    ["too little", () => `command=pay&txn_id=${txn()}&${account()}&sum=0.99`, "241"],
    ["nothing", () => `command=pay&txn_id=${txn()}&${account()}&sum=0.00`, "241"],
    ["too much", () => `command=pay&txn_id=${txn()}&${account()}&sum=250000.01`, "242"],
    ["less than nothing", () => `command=pay&txn_id=${txn()}&${account()}&sum=-650.00`, "300"],
    ["half a kopeck", () => `command=pay&txn_id=${txn()}&${account()}&sum=650.005`, "300"],
    ["a comma", () => `command=pay&txn_id=${txn()}&${account()}&sum=650,00`, "300"],
    ["an exponent", () => `command=pay&txn_id=${txn()}&${account()}&sum=1e3`, "300"],
    ["an id of 21 digits", () => `command=pay&txn_id=123456789012345678901&${account()}&sum=1.00`, "300"],
    ["no id", () => `command=pay&${account()}&sum=1.00`, "300"],
    ["a day that is none", () => `command=pay&txn_id=${txn()}&${account()}&sum=1.00&txn_date=20261331000000`, "300"],
    ["no command", () => `txn_id=${txn()}&${account()}&sum=1.00`, "300"],
    ["another command", () => `command=refund&txn_id=${txn()}&${account()}&sum=1.00`, "300"],
    ["nothing at all", () => "", "300"],
    ["a sum twice", () => `${payQuery(txn())}&sum=1.00`, "300"],
    ["an account twice, once in capitals", () => `${payQuery(txn())}&ACCOUNT=1`, "300"],
    ["fifteen kilobytes", () => `${payQuery(txn())}&x=${"1".repeat(15_000)}`, "300"],
    ["an id nobody paid under", () => `command=status&txn_id=${txn()}`, "300"],
    ["a cancel of what never was", () => `command=cancel&txn_id=${txn()}`, "300"],
  ] as [string, () => string, string][])("%s", async (_name, query, result) => {
    const before = await door.everything();
    expect(await osmp(query())).toMatchObject({ status: 200, result });
    expect(await door.everything()).toBe(before);
  });

  test.each([
    [
      "XML with an entity",
      {
        body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        headers: { "content-type": "text/xml" },
      },
    ],
    ["a body of a megabyte", { body: `account=${"1".repeat(1_000_000)}` }],
    ["the same in both the query and the form", { body: "account=1" }],
  ] as [string, Sent][])("a body that is %s: 300 in the protocol's own words", async (_name, sent) => {
    const before = await door.everything();
    expect(await osmp(payQuery(txn()), sent)).toMatchObject({ status: 200, result: "300" });
    expect(await door.everything()).toBe(before);
  });

  test("a closed account is 79, for a check and for money; its last day counts already", async () => {
    await database.db.update(accounts).set({ closedOn: world.today() }).where(eq(accounts.id, anna.accountId));
    expect(await osmp(`command=check&${account()}&sum=1.00`)).toMatchObject({ result: "79" });
    expect(await osmp(payQuery(txn()))).toMatchObject({ result: "79" });
    expect(await booked()).toMatchObject(nothing);
  });

  test("when the book cannot be written the answer is 1, and the repeat posts", async () => {
    const txnId = txn();
    await database.ownerSql`alter table transfers rename to transfers_away`;
    const away = await osmp(payQuery(txnId));
    await database.ownerSql`alter table transfers_away rename to transfers`;
    expect(away).toMatchObject({ status: 200, result: "1", osmp_txn_id: txnId });
    expect(await booked()).toMatchObject(nothing);
    expect(await osmp(payQuery(txnId))).toMatchObject({ result: "0" });
    expect(await booked()).toEqual(once);
  });
});

describe("status and cancel", () => {
  test("status is the answer that the payment was given", async () => {
    const txnId = txn();
    const paid = await osmp(payQuery(txnId));
    expect((await osmp(`command=status&txn_id=${txnId}`)).text).toBe(paid.text);
    expect(await osmp(`command=status&txn_id=${txnId}&sum=1.00`)).toMatchObject({ result: "300" });
  });

  test("cancel is an entry of its own, once, and the id can never bring money again", async () => {
    const txnId = txn();
    await osmp(payQuery(txnId));
    const answers = await Promise.all(Array.from({ length: 4 }, () => osmp(`command=cancel&txn_id=${txnId}`)));
    expect(answers.map((answer) => answer.result)).toEqual(["0", "0", "0", "0"]);
    const rows = await rowsOf(
      world.ctx,
      sql`select kind, debit, credit, amount_minor::text as amount from transfers where account_id = ${anna.accountId} order by number`,
    );
    expect(rows).toEqual([
      { kind: "payment", debit: "cash:qiwi", credit: "customer", amount: "65000" },
      { kind: "payment_reversal", debit: "customer", credit: "cash:qiwi", amount: "65000" },
    ]);
    expect(await readBalance(world.ctx, anna.accountId)).toBe(0n);
    expect(await osmp(payQuery(txnId))).toMatchObject({ result: "300" });
    expect(await osmp(`command=status&txn_id=${txnId}`)).toMatchObject({ result: "300" });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(0n);
  });

  test("not on another day, and not of another sum", async () => {
    const txnId = txn();
    await osmp(payQuery(txnId));
    expect(await osmp(`command=cancel&txn_id=${txnId}&sum=1.00`)).toMatchObject({ result: "300" });
    world.travelTo("2026-11-26");
    expect(await osmp(`command=cancel&txn_id=${txnId}`)).toMatchObject({ result: "300" });
    expect(await booked()).toEqual(once);
  });

  test("not what was spent on a service already", async () => {
    const txnId = txn();
    await osmp(payQuery(txnId));
    await billAccounts(world.ctx, { accountIds: [anna.accountId] });
    const left = await readBalance(world.ctx, anna.accountId);
    expect(left).toBeLessThan(650_00n);
    expect(await osmp(`command=cancel&txn_id=${txnId}`)).toMatchObject({ result: "300" });
    expect(await readBalance(world.ctx, anna.accountId)).toBe(left);
  });

  test("the VAT of an advance goes back with the money, and the book still proves itself", async () => {
    await database.db.update(customers).set({ kind: "company" }).where(eq(customers.id, anna.customerId));
    const txnId = txn();
    await osmp(payQuery(txnId, "1220.00"));
    expect(await osmp(`command=cancel&txn_id=${txnId}`)).toMatchObject({ result: "0" });
    const [row] = await rowsOf<Record<string, string>>(
      world.ctx,
      sql`select (select sum(open_minor + open_vat_minor) from vat_advances where account_id = ${anna.accountId}) as open,
                 sum(case when debit = 'vat_due:22' then -amount_minor when credit = 'vat_due:22' then amount_minor else 0 end) as due
          from transfers where account_id = ${anna.accountId}`,
    );
    expect([Number(row?.open), Number(row?.due)]).toEqual([0, 0]);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true, differing: 0 });
  });
});

describe("Sberbank", () => {
  const payment = (id: string, amount = "650.00", account = anna.accountNumber) =>
    `ACTION=payment&ACCOUNT=${account}&AMOUNT=${amount}&PAY_ID=${id}&PAY_DATE=25.11.2026_12:00:00`;

  test("check, payment and its repeats, in windows-1251", async () => {
    expect(await sber(`ACTION=check&ACCOUNT=${anna.accountNumber}`)).toMatchObject({
      status: 200,
      CODE: "0",
      MESSAGE: "Успешное завершение операции",
    });
    const id = "99999999999999999998";
    const answers = await Promise.all(Array.from({ length: 5 }, () => sber(payment(id))));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers[0]).toMatchObject({ CODE: "0", AMOUNT: "650.00", REG_DATE: "25.11.2026_12:00:00" });
    expect(await booked()).toEqual(once);
  });

  test.each([
    ["an unknown action", () => `ACTION=pay&ACCOUNT=${anna.accountNumber}`, "2"],
    ["no such account", () => payment(txn(), "1.00", "404404"), "3"],
    ["an account in UTF-8", () => "ACTION=check&ACCOUNT=%D0%9B-1", "4"],
    ["an account of a letter of windows-1251 that nobody has", () => "ACTION=check&ACCOUNT=%CB-1", "3"],
    ["an id with letters", () => payment("12ab"), "6"],
    ["a sum that is none", () => payment(txn(), "six"), "9"],
    ["too little", () => payment(txn(), "0.01"), "10"],
    ["too much", () => payment(txn(), "250000.01"), "11"],
    ["no date", () => payment(txn()).replace(/&PAY_DATE.*/, ""), "12"],
    ["another protocol's date", () => payment(txn()).replace(/PAY_DATE=.*/, `PAY_DATE=${NOON}`), "12"],
    ["an action twice", () => `${payment(txn())}&action=check`, "300"],
    ["a status of nothing", () => `ACTION=status&PAY_ID=${txn()}`, "6"],
    ["a cancel of nothing", () => `ACTION=cancel&PAY_ID=${txn()}`, "6"],
  ] as [string, () => string, string][])("%s", async (_name, query, CODE) => {
    const before = await door.everything();
    expect(await sber(query())).toMatchObject({ status: 200, CODE });
    expect(await door.everything()).toBe(before);
  });

  test("the same id with another sum is 8, a closed account 5, a cancel on another day 7", async () => {
    const id = txn();
    await sber(payment(id));
    expect(await sber(payment(id, "651.00"))).toMatchObject({ CODE: "8" });
    world.travelTo("2026-11-26");
    expect(await sber(`ACTION=cancel&PAY_ID=${id}`)).toMatchObject({ CODE: "7" });
    await database.db.update(accounts).set({ closedOn: world.today() }).where(eq(accounts.id, anna.accountId));
    expect(await sber(`ACTION=check&ACCOUNT=${anna.accountNumber}`)).toMatchObject({ CODE: "5" });
    expect(await booked()).toEqual(once);
  });
});
