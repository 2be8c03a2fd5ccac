import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { findMapping, type ImportReport, importSubscribers, wantedColumns } from "@/server/domain/imports";
import { openCsv } from "@/server/integrations/csv";
import { createContext } from "@/server/platform/context";

/** IBM's public sample of 7,043 subscribers; it stays where it is, beside the project. */
const FILE = join(import.meta.dirname, "../../../shared/data/Telco-Customer-Churn.csv");
const NOT_HERE = existsSync(FILE) ? "" : ` (SKIPPED: ${FILE} is not there)`;

const MINUTES = 60_000;
let database: TestDatabase;
let report: ImportReport;

async function load() {
  const mapping = findMapping("telco");
  if (!mapping) throw new Error("the telco mapping is gone");
  const now = () => new Date("2026-11-22T09:00:00Z");
  const ctx = createContext({ db: database.db, actor: { kind: "job", name: "import" }, zone: "Europe/Moscow", now });
  const file = await openCsv(FILE, mapping.format, wantedColumns(mapping));
  return importSubscribers(ctx, { file, mapping });
}

const one = async (query: string) => (await database.sql.unsafe(query))[0];

/** The file read without any of our code: it has no quotes. */
function sourceRows() {
  const [header = "", ...lines] = readFileSync(FILE, "utf8").trim().split(/\r?\n/);
  const columns = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (column: string) => (cells[columns.indexOf(column)] ?? "").trim();
    const kopecks = (column: string) => {
      const [rubles = "0", part = ""] = cell(column).split(".");
      return (BigInt(rubles || "0") * 100n + BigInt(part.padEnd(2, "0"))).toString();
    };
    return { id: cell("customerID"), cell, kopecks };
  });
}

describe.skipIf(NOT_HERE !== "")(`the Telco file${NOT_HERE}`, () => {
  beforeAll(async () => {
    database = await testDatabase();
    report = await load();
  }, 10 * MINUTES);
  afterAll(() => database.close());

  test("comes over whole and its totals are the published ones", () => {
    expect(report).toMatchObject({ outcome: "imported", rows: 7043, imported: 7043, rejected: 0, differing: [] });
    expect(report.ledger).toMatchObject({ proven: true, differing: 0 });
    expect(report.totals.ours).toEqual(report.totals.source);
    expect(report.totals.ours).toEqual({
      accounts: 7043,
      active: 5174,
      terminated: 1869,
      mrrMinor: 316_985_75n,
      chargedMinor: 16_056_168_70n,
      paidMinor: 16_056_168_70n,
      openingMinor: 0n,
    });
  });

  test("the tables say the same, each in its own words", async () => {
    expect(await one("select count(*)::int as n, count(closed_on)::int as closed from accounts")).toEqual({
      n: 7043,
      closed: 1869,
    });
    expect(
      await one(
        "select count(*)::int as n, min(terminated_on)::text as first, max(terminated_on)::text as last from contracts where terminated_on is not null",
      ),
    ).toEqual({ n: 1869, first: "2026-11-01", last: "2026-11-01" });
    expect(
      await one(`select sum(p.fee_minor)::text as mrr from personal_prices p join subscriptions s using (account_id)
                 where s.id = p.subscription_id and s.ended_on is null and p.valid_to is null`),
    ).toEqual({ mrr: "31698575" });
    expect(
      await one("select sum(amount_minor)::text as paid, count(*)::int as n from payments where state = 'posted'"),
    ).toEqual({ paid: "1605616870", n: 227_990 });
    expect(await one("select sum(amount_minor)::text as charged, sum(vat_minor) > 0 as taxed from charges")).toEqual({
      charged: "1605616870",
      taxed: true,
    });
    expect(
      await one(`select sum(amount_minor) filter (where debit = 'cash:import' and credit = 'customer')::text as paid,
                        sum(amount_minor) filter (where debit = 'customer' and credit like 'revenue:%')::text as net,
                        sum(amount_minor) filter (where debit = 'customer' and credit like 'vat:%')::text as vat,
                        sum(amount_minor) filter (where debit = 'customer')::text as charged from transfers`),
    ).toMatchObject({ paid: "1605616870", charged: "1605616870" });
    expect(
      await one(
        "select count(*)::int as n, count(*) filter (where balance_minor <> 0)::int as off from account_balances",
      ),
    ).toEqual({ n: 7043, off: 0 });
    expect(
      await one(`select count(*)::int as off from account_balances b where balance_minor <> (
        select coalesce(sum(case when credit = 'customer' then amount_minor when debit = 'customer' then -amount_minor end), 0)
        from transfers t where t.account_id = b.account_id)`),
    ).toEqual({ off: 0 });
  });

  test("every subscriber has their own fee, months, total and products, to the kopeck", async () => {
    const rows = await database.sql<
      {
        number: string;
        fee: string;
        charged: string;
        paid: string;
        months: number;
        paid_months: number;
        codes: string[];
      }[]
    >`
      with charged as (select account_id, sum(amount_minor) as total, count(*)::int as months from charges group by 1),
           paid as (select account_id, sum(amount_minor) as total, count(*)::int as months from payments group by 1)
      select a.number, coalesce(c.total, 0)::text as charged, coalesce(p.total, 0)::text as paid, coalesce(c.months, 0) as months,
             coalesce(p.months, 0) as paid_months,
             (select max(fee_minor)::text from personal_prices x where x.account_id = a.id) as fee,
             (select array_agg(t.code order by t.code) from subscriptions s join tariffs t on t.id = s.tariff_id where s.account_id = a.id) as codes
      from accounts a left join charged c on c.account_id = a.id left join paid p on p.account_id = a.id`;
    const ours = new Map(rows.map((row) => [row.number, row]));
    for (const { id, cell, kopecks } of sourceRows()) {
      const months = Number(cell("tenure"));
      const options = {
        MultipleLines: "lines",
        OnlineSecurity: "security",
        OnlineBackup: "backup",
        DeviceProtection: "device",
        TechSupport: "support",
        StreamingTV: "tv",
        StreamingMovies: "movies",
      };
      const codes = [
        ...(cell("InternetService") === "Fiber optic" ? ["telco-fiber"] : []),
        ...(cell("InternetService") === "DSL" ? ["telco-dsl"] : []),
        ...(cell("PhoneService") === "Yes" ? ["telco-phone"] : []),
        ...Object.entries(options).flatMap(([column, name]) => (cell(column) === "Yes" ? [`telco-${name}`] : [])),
      ].sort();
      expect(ours.get(id)).toEqual({
        number: id,
        fee: kopecks("MonthlyCharges"),
        charged: kopecks("TotalCharges"),
        paid: kopecks("TotalCharges"),
        months,
        paid_months: months,
        codes,
      });
    }
    expect(ours.size).toBe(7043);
  });

  test("months tile: one charge a month from the first to the last, and nobody who left is charged after", async () => {
    expect(
      await one(`select count(*)::int as gaps from (
        select period_start, lag(period_end) over (partition by account_id order by period_start) as before from charges) c
        where before is not null and before <> period_start`),
    ).toEqual({ gaps: 0 });
    expect(
      await one(
        "select count(*)::int as late from charges c join accounts a on a.id = c.account_id where c.period_end > a.closed_on",
      ),
    ).toEqual({ late: 0 });
    expect(
      await one(
        "select max(period_start)::text as last from charges c join accounts a on a.id = c.account_id where a.closed_on is null",
      ),
    ).toEqual({ last: "2026-11-01" });
  });

  test("those with internet who are still here have their network accounts, and nobody else", async () => {
    const online = sourceRows().filter(({ cell }) => cell("InternetService") !== "No" && cell("Churn") === "No").length;
    expect(await one("select count(*)::int as n, count(distinct login)::int as logins from services")).toEqual({
      n: online,
      logins: online,
    });
  });

  test(
    "a second import of it changes nothing",
    async () => {
      const counts = () =>
        one(`select (select count(*)::int from transfers) as transfers, (select count(*)::int from payments) as payments,
      (select count(*)::int from events) as events, (select count(*)::int from audit_log) as audit, (select count(*)::int from imports) as imports`);
      const before = await counts();
      expect(await load()).toMatchObject({
        outcome: "unchanged",
        rows: 7043,
        imported: 0,
        unchanged: 7043,
        rejected: 0,
      });
      expect(await counts()).toEqual(before);
    },
    5 * MINUTES,
  );
});
