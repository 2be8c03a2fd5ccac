import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { findMapping, type ImportOptions, importSubscribers, reportText, wantedColumns } from "@/server/domain/imports";
import { proveLedger, readBalance } from "@/server/domain/ledger";
import { billAccounts, listCharges } from "@/server/domain/runs";
import { openCsv } from "@/server/integrations/csv";
import type { Day } from "@/server/kernel/day";
import { telcoRow as row, telcoTable as table } from "./telco-rows";
import { createWorld, type World } from "./world";

let database: TestDatabase;
let world: World;
const dir = mkdtempSync(join(tmpdir(), "uzel-import-"));
beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, "2026-11-22");
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await database.close();
});

let files = 0;
function write(content: string | Buffer): string {
  files += 1;
  const path = join(dir, `${files}.csv`);
  writeFileSync(path, content);
  return path;
}

async function load(content: string | Buffer, map: "telco" | "subscribers", options: ImportOptions = {}) {
  const mapping = findMapping(map);
  if (!mapping) throw new Error(`no mapping ${map}`);
  const file = await openCsv(write(content), mapping.format, wantedColumns(mapping));
  return importSubscribers(world.ctx, { file, mapping, options });
}

/** Rows of every table, the partitions counted in their parents: what must not move when an import is refused. */
async function everything(): Promise<Record<string, number>> {
  const tables = await database.ownerSql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'graphile_worker', 'radius') and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const counted = await database.ownerSql.unsafe<{ name: string; rows: number }[]>(
    tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`).join(" union all "),
  );
  return Object.fromEntries(counted.map(({ name, rows }) => [name, rows]));
}

const accountOf = async (number: string) => {
  const [found] = await database.sql<
    { id: string; closed_on: string | null; terminated_on: string | null; opened_on: string }[]
  >`
    select a.id, a.opened_on::text, a.closed_on::text, c.terminated_on::text
    from accounts a join contracts c on c.id = a.contract_id where a.number = ${number}`;
  if (!found) throw new Error(`no account ${number}`);
  return found;
};

describe("a good file", () => {
  test("becomes subscribers with their products, their months to the kopeck and their network accounts", async () => {
    const report = await load(
      table(row("LIVE-1"), row("LEFT-1", { churn: "Yes" }), row("NEW-1", { tenure: "0", total: " " })),
      "telco",
    );
    expect(report).toMatchObject({
      outcome: "imported",
      rows: 3,
      imported: 3,
      rejected: 0,
      differing: [],
      ledger: { proven: true },
    });
    expect(report.totals.ours).toEqual(report.totals.source);
    expect(report.totals.ours).toMatchObject({
      accounts: 3,
      active: 2,
      terminated: 1,
      mrrMinor: 59_70n,
      paidMinor: 179_08n,
    });
    expect(report.ignoredColumns).toEqual(["gender"]);

    const live = await accountOf("LIVE-1");
    const charges = await listCharges(world.ctx, {
      accountId: live.id,
      from: "2026-01-01" as Day,
      to: "2026-12-31" as Day,
    });
    expect(
      charges.map(({ periodStart, amountMinor, vatPercent, vatMinor }) => ({
        periodStart,
        amountMinor,
        vatPercent,
        vatMinor,
      })),
    ).toEqual([
      { periodStart: "2026-11-01", amountMinor: 29_84n, vatPercent: 22, vatMinor: 5_38n }, // 29.84 × 22 / 122 = 5.381
      { periodStart: "2026-10-01", amountMinor: 29_85n, vatPercent: 22, vatMinor: 5_38n },
      { periodStart: "2026-09-01", amountMinor: 29_85n, vatPercent: 22, vatMinor: 5_38n },
    ]); // 89.54 = 29.85 + 29.85 + 29.84
    expect(await readBalance(world.ctx, live.id)).toBe(0n);
    expect(await accountOf("LEFT-1")).toMatchObject({
      opened_on: "2026-08-01",
      closed_on: "2026-11-01",
      terminated_on: "2026-11-01",
    });
    expect(await accountOf("NEW-1")).toMatchObject({ opened_on: "2026-11-22", closed_on: null });
    const services = await database.sql`select login, desired_state, down_kbps from services order by login`;
    expect(services).toEqual([
      { login: "live-1", desired_state: "active", down_kbps: 24_000 },
      { login: "new-1", desired_state: "active", down_kbps: 24_000 },
    ]);
  });

  test("old months carry the VAT of their own day", async () => {
    await load(table(row("OLD-1", { tenure: "100", fee: "10", total: "1000" })), "telco");
    const { id } = await accountOf("OLD-1");
    const rates = await database.sql`
      select vat_percent, min(period_start)::text as first, count(*)::int as months from charges where account_id = ${id} group by 1 order by 1`;
    expect(rates).toEqual([
      { vat_percent: 18, first: "2018-08-01", months: 5 },
      { vat_percent: 20, first: "2019-01-01", months: 84 },
      { vat_percent: 22, first: "2026-01-01", months: 11 },
    ]);
  });

  test("the billing run does not charge the current month again, and charges the next", async () => {
    const { id } = await accountOf("LIVE-1");
    expect(await billAccounts(world.ctx, { accountIds: [id] })).toMatchObject({ charged: 0, skipped: 1 });
    world.travelTo("2026-12-01");
    await world.pay(id, 100_00n);
    expect(await billAccounts(world.ctx, { accountIds: [id] })).toMatchObject({ charged: 1, chargedMinor: 29_85n });
  });

  test("again, even a month later and after other money moved, changes nothing at all", async () => {
    const same = table(row("NEW-1", { tenure: "0", total: "" }), row("LIVE-1"));
    const before = await everything();
    const report = await load(same, "telco");
    expect(report).toMatchObject({
      outcome: "unchanged",
      importId: null,
      rows: 2,
      imported: 0,
      unchanged: 2,
      rejected: 0,
      ledger: { proven: true },
    });
    expect(report.totals.ours).toMatchObject({ accounts: 2, active: 2, paidMinor: 89_54n, chargedMinor: 89_54n });
    expect(await everything()).toEqual(before);
    world.travelTo("2026-11-22");
  });

  test("a file that grew brings only its new rows", async () => {
    const report = await load(table(row("LIVE-1"), row("GROWN-1")), "telco");
    expect(report).toMatchObject({ outcome: "imported", rows: 2, imported: 1, unchanged: 1 });
  });

  test("a dry run says what would be and writes nothing", async () => {
    const before = await everything();
    const report = await load(table(row("DRY-1")), "telco", { dryRun: true });
    expect(report).toMatchObject({ outcome: "dry_run", importId: null, imported: 1 });
    expect(report.totals.ours).toMatchObject({ accounts: 1, active: 1, mrrMinor: 29_85n, paidMinor: 89_54n });
    expect(await everything()).toEqual(before);
  });

  test.each([
    ["a byte order mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
    [
      "windows-1251, semicolons and decimal commas",
      (text: string) => iconv.encode(text.replaceAll(",", ";").replace(/(\d)\.(\d)/g, "$1,$2"), "windows-1251"),
    ],
    ["tabs and Windows line ends", (text: string) => Buffer.from(text.replaceAll(",", "\t").replaceAll("\n", "\r\n"))],
  ])("with %s is read the same", async (name, spell) => {
    const id = `SPELL-${name.length}`;
    const report = await load(spell(table(row(id))), "telco");
    expect(report).toMatchObject({ outcome: "imported", imported: 1 });
    expect(report.totals.ours.paidMinor).toBe(89_54n);
  });

  test("one event and one audit row tell of the import, and the report is kept with it", async () => {
    const report = await load(table(row("TOLD-1")), "telco");
    const [told] = await database.sql`
      select e.actor, e.payload, i.report from events e join imports i on i.id = (e.payload->>'importId')::uuid
      where e.type = 'import.finished' and i.id = ${report.importId}`;
    expect(told).toMatchObject({
      actor: "job:test",
      payload: { imported: 1, rejected: 0 },
      report: { totals: { ours: { paidMinor: "8954" } } },
    });
    expect(
      await database.sql`select 1 from audit_log where action = 'import.run' and entity_id = ${report.importId}`,
    ).toHaveLength(1);
  });
});

describe("another operator's file", () => {
  const file = [
    "Л/С;Договор;ФИО;Тип;ИНН;Телефон;Адрес;Тариф;Абонплата;Баланс;Подключён;Статус;Расторгнут;Логин;Пароль",
    "100045;Д-45;Ёлкина Мария;Физлицо;;8 (912) 111-22-33;г. Пермь, ул. Лесная, д. 5, кв. 3;Домашний 300;;1 250,50;05.03.2024;Активен;;elkina;tihiy-les-7",
    '100046;Д-46;"ООО ""Ромашка""";Юрлицо;5902123456;;Пермь, ул. Мира, 1;домашний 100;990,00;-310,25;2023-01-15;Заблокирован;;;',
    "ЛС-47;Д-47;Сидоров Пётр;;;;;Домашний 100;;0;01.02.2020;Отключён;15.06.2026;;",
  ].join("\r\n");

  test("in windows-1251 comes over with names, addresses, prices, logins and opening balances", async () => {
    const report = await load(iconv.encode(file, "windows-1251"), "subscribers");
    expect(report).toMatchObject({
      outcome: "imported",
      imported: 3,
      file: { encoding: "windows-1251", separator: ";" },
    });
    expect(report.totals.ours).toMatchObject({ active: 2, terminated: 1, openingMinor: 940_25n, mrrMinor: 1_640_00n }); // 650 at the list price + 990 personal
    const people = await database.sql`
      select u.kind, u.name, u.phone, u.inn, d.city, d.street, d.house, d.flat, b.balance_minor, a.closed_on::text
      from accounts a join customers u on u.id = a.customer_id join account_balances b on b.account_id = a.id
      left join addresses d on d.id = a.address_id where a.number in ('100045', '100046', 'ЛС-47') order by a.number`;
    expect(people).toEqual([
      {
        kind: "person",
        name: "Ёлкина Мария",
        phone: "+79121112233",
        inn: null,
        city: "Пермь",
        street: "ул. Лесная",
        house: "5",
        flat: "3",
        balance_minor: "125050",
        closed_on: null,
      },
      {
        kind: "company",
        name: 'ООО "Ромашка"',
        phone: null,
        inn: "5902123456",
        city: "Пермь",
        street: "ул. Мира",
        house: "1",
        flat: null,
        balance_minor: "-31025",
        closed_on: null,
      },
      {
        kind: "person",
        name: "Сидоров Пётр",
        phone: null,
        inn: null,
        city: null,
        street: null,
        house: null,
        flat: null,
        balance_minor: "0",
        closed_on: "2026-06-15",
      },
    ]);
    const openings =
      await database.sql`select debit, credit, amount_minor from transfers where kind = 'opening' order by amount_minor`;
    expect(openings).toEqual([
      { debit: "customer", credit: "opening", amount_minor: "31025" },
      { debit: "opening", credit: "customer", amount_minor: "125050" },
    ]);
    const services =
      await database.sql`select login, secret from services where login in ('elkina', '100046', 'ls-47') order by login`;
    expect(services).toMatchObject([{ login: "100046" }, { login: "elkina", secret: "tihiy-les-7" }]);
    expect(await proveLedger(world.ctx)).toMatchObject({ proven: true });
  });

  test("is charged from the next period on: the present one was charged by the former billing", async () => {
    const { id } = await accountOf("100045");
    expect(await billAccounts(world.ctx, { accountIds: [id] })).toMatchObject({ charged: 0, refused: 0 });
    world.travelTo("2026-12-01");
    expect(await billAccounts(world.ctx, { accountIds: [id] })).toMatchObject({ chargedMinor: 650_00n });
    world.travelTo("2026-11-22");
  });

  test("is known by its numbers whatever the encoding and the order of columns", async () => {
    const before = await everything();
    expect(await load(`\uFEFF${file}`, "subscribers")).toMatchObject({ outcome: "unchanged", unchanged: 3 });
    expect(await everything()).toEqual(before);
  });

  test("a tariff that nobody sells and a login that is taken are named; phones are not repeated in the report", async () => {
    const report = await load(
      [
        file.split("\r\n")[0],
        "1;Д-1;А;;;12;Нигде;Космос;;0;01.01.2024;;;;",
        "2;Д-2;Б;;;;;Домашний 100;;0;01.01.2024;;;elkina;",
      ].join("\n"),
      "subscribers",
    );
    expect(report.problems.map(({ line, column, fault, value }) => ({ line, column, fault, value }))).toEqual([
      { line: 2, column: "Телефон", fault: "phone_malformed", value: null },
      { line: 2, column: "Адрес", fault: "address_malformed", value: null },
      { line: 2, column: "Тариф", fault: "tariff_unknown", value: "Космос" },
      { line: 3, column: null, fault: "login_taken", value: "elkina" },
    ]);
  });
});

describe("a file with bad rows", () => {
  const bad = () =>
    table(
      row("BAD-1"),
      row("BAD-2", { fee: "-5" }),
      row("BAD-1"),
      row("BAD-3", { total: "900000" }),
      `BAD-4,"unclosed`,
      row("BAD-5", { fee: "2000000" }),
      row("LIVE-1", { fee: "31.00" }),
      "BAD-6,1,2",
      row("BAD-7", { total: "" }),
    );

  test("is refused whole: every bad row is named with its line and column, and nothing is written", async () => {
    const before = await everything();
    const report = await load(bad(), "telco");
    expect(report).toMatchObject({
      outcome: "refused",
      refusal: "rows_rejected",
      importId: null,
      rows: 9,
      imported: 0,
      rejected: 8,
    });
    expect(report.problems.map(({ line, column, fault }) => `${line} ${column} ${fault}`)).toEqual([
      "3 MonthlyCharges amount_negative",
      "4 customerID id_duplicate",
      "5 TotalCharges total_inconsistent",
      "6 null row_malformed",
      "7 MonthlyCharges amount_absurd",
      "8 null changed",
      "9 null columns_count",
      "10 TotalCharges total_missing",
    ]);
    expect(await everything()).toEqual(before);
    const text = reportText(report, "ru");
    expect(text).toContain("Строка 3, колонка «MonthlyCharges»: сумма отрицательна: -5 (BAD-2)");
    expect(text).toContain("Строка 4, колонка «customerID»: повторяет номер из строки 2 (BAD-1)");
    expect(text).toContain("Строка 6: строка не читается как CSV");
    expect(reportText(report, "en")).toContain("Line 8: the row was imported before and has changed since (LIVE-1)");
  });

  test("comes over without them when that is asked for in so many words, and the refused are kept in its report", async () => {
    const report = await load(bad(), "telco", { acceptRejects: true });
    expect(report).toMatchObject({ outcome: "imported", rows: 9, imported: 1, rejected: 8 });
    const [kept] =
      await database.sql`select jsonb_array_length(report->'problems') as problems from imports where id = ${report.importId}`;
    expect(kept).toEqual({ problems: 8 });
  });

  test("a number that belongs to somebody else here is named", async () => {
    const other = await world.subscriber({});
    const report = await load(table(row(other.accountNumber)), "telco");
    expect(report.problems).toMatchObject([{ line: 2, fault: "account_taken", value: other.accountNumber }]);
  });
});

describe("the guard over the sums", () => {
  test("a kopeck lost on the way to the database refuses the file", async () => {
    const before = await everything();
    await database.ownerSql.unsafe(`
      create function drop_a_kopeck() returns trigger language plpgsql as $$
      begin if new.kind = 'payment' and new.amount_minor > 1 then new.amount_minor := new.amount_minor - 1; end if; return new; end $$;
      create trigger drop_a_kopeck before insert on transfers for each row execute function drop_a_kopeck()`);
    const report = await load(table(row("KOPECK-1")), "telco");
    await database.ownerSql.unsafe("drop trigger drop_a_kopeck on transfers; drop function drop_a_kopeck()");
    expect(report).toMatchObject({ outcome: "refused", refusal: "totals_differ", differing: ["paid"], imported: 0 });
    expect(report.totals.ours.paidMinor).toBe(89_51n); // three payments, a kopeck each
    expect(await everything()).toEqual(before);
  });

  test("a ledger that does not prove refuses the file", async () => {
    const other = await world.subscriber({});
    await database.ownerSql`update account_balances set balance_minor = 1 where account_id = ${other.accountId}`;
    const before = await everything();
    const report = await load(table(row("PROOF-1")), "telco");
    await database.ownerSql`update account_balances set balance_minor = 0 where account_id = ${other.accountId}`;
    expect(report).toMatchObject({ outcome: "refused", refusal: "ledger_not_proven" });
    expect(await everything()).toEqual(before);
  });

  test("two imports of one file at once take it on once", async () => {
    const reports = await Promise.all([load(table(row("TWICE-1")), "telco"), load(table(row("TWICE-1")), "telco")]);
    expect(reports.map((report) => report.outcome).sort()).toEqual(["imported", "unchanged"]);
  });
});

describe("a file that cannot be worked with", () => {
  test("lacks columns: all that are missing are named", async () => {
    await expect(load("customerID,tenure\n1,2\n", "telco")).rejects.toMatchObject({
      reason: "import.columns_missing",
      details: { columns: expect.stringContaining("Churn, DeviceProtection, InternetService, MonthlyCharges") },
    });
  });

  test("holds a header alone, or speaks of tomorrow", async () => {
    await expect(load(table(), "telco")).rejects.toMatchObject({ reason: "import.no_rows" });
    await expect(load(table(row("X")), "telco", { asOf: "2026-11-23" })).rejects.toMatchObject({
      reason: "import.as_of_in_future",
    });
  });

  test("nobody but an administrator or our own job may import", async () => {
    const mapping = findMapping("telco");
    if (!mapping) throw new Error("no mapping");
    const file = await openCsv(write(table(row("X"))), mapping.format, []);
    for (const ctx of [
      world.asStaff("manager"),
      world.asStaff("billing_operator"),
      world.asSubscriber(world.ctx.newId()),
    ]) {
      await expect(importSubscribers(ctx, { file, mapping })).rejects.toMatchObject({ kind: "forbidden" });
    }
  });
});
