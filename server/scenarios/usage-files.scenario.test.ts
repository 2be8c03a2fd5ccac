import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import iconv from "iconv-lite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { publishTariffs } from "@/server/domain/catalog";
import { findUsageMapping, importUsage, type UsageMapping, wantedUsageColumns } from "@/server/domain/imports";
import { addIdentifier, listFaults, retryFaults } from "@/server/domain/metering";
import { childEnvironment } from "@/server/env";
import { openCsv } from "@/server/integrations/csv";
import { addDays, dayIn } from "@/server/kernel/day";
import { createWorld, type World, ZONE } from "./world";

let database: TestDatabase;
let world: World;
const dir = mkdtempSync(join(tmpdir(), "uzel-usage-"));
const mapping = findUsageMapping("calls") as UsageMapping;
/** The command works by the real clock, so the whole story does. */
const today = dayIn(new Date(), ZONE);
const yesterday = addDays(today, -1).split("-").reverse().join(".");
const HEADER = ["ID", "Номер А", "Номер Б", "Дата", "Время", "Тип", "Секунд"];
let phone: string;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  world = await createWorld(database.db, addDays(today, -40));
});
beforeEach(async () => {
  world.travelTo(addDays(today, -40));
  const meter = { nameRu: "Звонки", nameEn: "Calls", pricer: "per_unit" as const, priceMinor: "100" };
  const [tariff] = await publishTariffs(world.ctx, [
    {
      code: `phone-${++made}`,
      nameRu: "Телефон",
      nameEn: "Phone",
      kind: "phone",
      revenueCode: "revenue:phone",
      price: {
        newFrom: "2020-01-01",
        feeMinor: 0n,
        chargeMethod: "usage",
        usagePricing: {
          meters: [
            { ...meter, meter: "call_local", unit: "minute" },
            { ...meter, meter: "sms", unit: "piece" },
          ],
        },
      },
    },
  ]);
  const person = await world.subscriber({ tariffId: tariff?.tariffId ?? "" });
  phone = `+7342${(3_000_000 + made).toString()}`;
  const { accountId, subscriptionId } = person;
  await addIdentifier(world.ctx, { accountId, subscriptionId, kind: "phone", value: phone, validFrom: world.today() });
  world.travelTo(today);
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await database.close();
});

let ids = 0;
const row = (changes: Partial<Record<string, string>> = {}) => {
  const values: Record<string, string> = {
    ID: `R${++ids}`,
    "Номер А": phone,
    "Номер Б": "+79120000000",
    Дата: yesterday,
    Время: "09:15:30",
    Тип: "Местный",
    Секунд: "125",
  };
  return HEADER.map((column) => changes[column] ?? values[column]).join(";");
};
const table = (...rows: string[]) => [HEADER.join(";"), ...rows, ""].join("\n");
function write(text: string, encoding = "utf-8"): string {
  const path = join(dir, `${ids}-${made}.csv`);
  writeFileSync(path, iconv.encode(text, encoding));
  return path;
}
async function take(path: string, options: { dryRun?: boolean } = {}) {
  const file = await openCsv(path, mapping.format, wantedUsageColumns(mapping));
  return importUsage(world.ctx, { file, mapping, ...options });
}
async function stored() {
  const [found] = await database.sql`select count(*)::int as count, sum(units)::int as units from metered_records`;
  return { count: Number(found?.count), units: Number(found?.units ?? 0) };
}
const sumOf = (report: Awaited<ReturnType<typeof take>>) =>
  report.stored + report.repeated + report.binned + report.changed + report.skipped + report.unreadable;

describe("a file of usage", () => {
  test("every record is somewhere: taken, repeated, in the bin, changed, no usage, unreadable", async () => {
    const same = row();
    await take(write(table(same, row({ ID: "OLD" }))));
    const before = await stored();
    const report = await take(
      write(
        table(
          row(),
          row({ Тип: "СМС", Секунд: "" }),
          same,
          row({ ID: "OLD", Секунд: "1" }),
          row({ "Номер А": "+73420000000" }),
          row({ Секунд: "много" }),
          row({ Тип: "Межгород" }),
          row({ Тип: "Неотвеченный" }),
          'R"1;незакрытая',
        ),
      ),
    );
    expect(report).toMatchObject({
      outcome: "stored",
      rows: 9,
      stored: 2,
      repeated: 1,
      binned: 3,
      changed: 1,
      skipped: 1,
      unreadable: 1,
    });
    expect(sumOf(report)).toBe(report.rows);
    expect(report.problems.map(({ line, column, reason, value }) => [line, column, reason, value])).toEqual([
      [5, null, "changed", null],
      [6, null, "unknown_service", null],
      [7, "Секунд", "units_malformed", "много"],
      [8, null, "meter_unknown", null],
      [10, null, "row_malformed", null],
    ]);
    expect(await stored()).toEqual({ count: before.count + 2, units: before.units + 126 });
  });

  test("taken again, in Windows-1251 and with more rows, it adds only what is new", async () => {
    const rows = Array.from({ length: 30 }, () => row());
    await take(write(table(...rows.slice(0, 20))));
    const before = await stored();
    expect(await take(write(table(...rows.slice(0, 20)), "windows-1251"))).toMatchObject({
      outcome: "unchanged",
      importId: null,
      repeated: 20,
      file: { encoding: "windows-1251" },
    });
    expect(await take(write(table(...rows), "windows-1251"))).toMatchObject({ stored: 10, repeated: 20 });
    expect(await stored()).toMatchObject({ count: before.count + 10 });
  });

  test("the order of records does not matter", async () => {
    const rows = Array.from({ length: 40 }, (_, index) => row({ Секунд: `${index}` }));
    await take(write(table(...rows.toReversed(), ...rows)));
    const first = await stored();
    await take(write(table(...rows)));
    expect(await stored()).toEqual(first);
  });

  test("a dry run says what the real one then does, repeats inside the file included", async () => {
    const one = row();
    const path = write(table(one, one, row({ "Номер А": "+73420000001" }), row()));
    const before = await stored();
    const { outcome: _dry, importId: _none, ...said } = await take(path, { dryRun: true });
    expect(await stored()).toEqual(before);
    const { outcome: _real, importId: _some, ...done } = await take(path);
    expect(done).toEqual(said);
  });

  test("a hundred thousand records are all there, each once, and those of a number nobody has wait in the bin", async () => {
    const count = 100_000;
    const stray = "+73421111111";
    const rows = Array.from({ length: count }, (_, index) => {
      const second = `${index % 60}`.padStart(2, "0");
      const number = index % 1000 === 0 ? stray : phone;
      return row({
        "Номер А": number,
        Время: `10:${`${Math.floor(index / 60) % 60}`.padStart(2, "0")}:${second}`,
        Секунд: "60",
      });
    });
    const path = write(table(...rows));
    const before = await stored();
    expect(await take(path)).toMatchObject({ rows: count, stored: 99_900, binned: 100 });
    expect(await take(path)).toMatchObject({ outcome: "unchanged", repeated: count });
    expect(await stored()).toEqual({ count: before.count + 99_900, units: before.units + 99_900 * 60 });
    const [holder] =
      await database.sql`select account_id, subscription_id from subscription_identifiers where value = ${phone}`;
    await addIdentifier(world.ctx, {
      accountId: String(holder?.account_id),
      subscriptionId: String(holder?.subscription_id),
      kind: "phone",
      value: stray,
      validFrom: addDays(today, -40),
    });
    const waiting = (await listFaults(world.ctx, { source: "calls", reason: "unknown_service" })).counts.find(
      ({ reason }) => reason === "unknown_service",
    );
    expect(await retryFaults(world.ctx, { reason: "unknown_service" })).toEqual({ looked: waiting?.count, taken: 100 });
    expect(await stored()).toMatchObject({ count: before.count + count });
  });
});

describe("npm run usage", () => {
  const root = join(import.meta.dirname, "../..");
  async function run(...args: string[]) {
    const env = childEnvironment({
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      DATABASE_RADIUS_URL: database.radiusUrl,
      UZEL_DATA_DIR: dir,
    });
    const tsx = ["--import", "tsx", "server/cli/usage.ts", ...args];
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, tsx, { cwd: root, env }).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { stdout: string; stderr: string; code: number }) => failed,
    );
    return { stdout, stderr, code, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "" };
  }

  test("ends with one line of JSON that names every record that was not taken", async () => {
    const path = write(table(row(), row({ Секунд: "много" })));
    const { code, stdout, lastLine } = await run(path, "--map", "calls", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(lastLine)).toMatchObject({
      ok: true,
      outcome: "stored",
      rows: 2,
      stored: 1,
      binned: 1,
      problems: [{ line: 3, reason: "units_malformed", message: expect.stringContaining("«много» — не количество") }],
      peakRssMiB: expect.any(Number),
    });
    expect(stdout).toContain("Записей 2 = новых 1");
  });

  test("says in one line what is wrong with a file or a mapping", async () => {
    const path = write("a;b\n1;2\n");
    expect(await run(path, "--map", "calls")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("нет колонок"),
    });
    expect(await run(path, "--map", "звонки", "--lang", "en")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no mapping"),
    });
    expect(await run(path)).toMatchObject({ code: 1, stderr: expect.stringContaining("npm run usage --") });
  });
});
