import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { childEnvironment } from "@/server/env";
import { telcoRow as row, telcoTable as table } from "./telco-rows";

let database: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), "uzel-import-"));
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await database.close();
});

let files = 0;
function write(content: string): string {
  files += 1;
  const path = join(dir, `${files}.csv`);
  writeFileSync(path, content);
  return path;
}

describe("npm run import", () => {
  const root = join(import.meta.dirname, "../..");
  async function run(...args: string[]) {
    const env = childEnvironment({
      DATABASE_URL: database.ownerUrl,
      DATABASE_APP_URL: database.appUrl,
      DATABASE_RADIUS_URL: database.radiusUrl,
      UZEL_DATA_DIR: dir,
    });
    const tsx = ["--import", "tsx", "server/cli/import.ts", ...args];
    const { stdout, stderr, code } = await promisify(execFile)(process.execPath, tsx, { cwd: root, env }).then(
      (done) => ({ ...done, code: 0 }),
      (failed: { stdout: string; stderr: string; code: number }) => failed,
    );
    return { stdout, stderr, code, lastLine: stdout.trimEnd().split("\n").at(-1) ?? "" };
  }

  test("ends with one line of JSON; progress and nothing else goes to stderr", async () => {
    const { code, stdout, stderr, lastLine } = await run(write(table(row("CLI-1"))), "--map", "telco", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(lastLine)).toMatchObject({
      ok: true,
      rows: 1,
      imported: 1,
      rejected: 0,
      active: 1,
      terminated: 0,
      mrrMinor: 2985,
      chargedMinor: 8954,
      paidMinor: 8954,
      ledgerProven: true,
      seconds: expect.any(Number),
      peakRssMiB: expect.any(Number),
    });
    expect(stdout).toContain("Оплачено за историю, ₽");
    expect(stdout).toMatch(/Дальше:\n {2}npm run user -- add --role admin .*\n {2}npm start\n .*--account/);
    expect(stderr).toMatch(/Записано счетов: 1 \/ 1/);
  });

  test("the last word on reading is how many rows were read", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => row(`ROW-${at}`));
    const { stderr } = await run(write(table(...rows)), "--map", "telco", "--dry-run");
    expect(stderr.match(/Прочитано строк: \d+/g)?.at(-1)).toBe("Прочитано строк: 40");
  });

  test("a refused file ends with 1, its rows on the screen and in the JSON", async () => {
    const { code, stdout, lastLine } = await run(
      write(table(row("CLI-2", { fee: "x" }))),
      "--map",
      "telco",
      "--json",
      "--lang",
      "en",
    );
    expect(code).toBe(1);
    expect(stdout).toContain("Line 2, column “MonthlyCharges”: “x” is not a sum (CLI-2)");
    expect(JSON.parse(lastLine)).toMatchObject({
      ok: false,
      refusal: "rows_rejected",
      imported: 0,
      rejected: 1,
      rejects: [{ line: 2, column: "MonthlyCharges", reason: "amount_malformed" }],
    });
  });

  test("a folder is one clear line and 1", async () => {
    const { code, stderr, lastLine } = await run(dir, "--map", "telco", "--json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${dir} — папка, а нужен файл CSV.\n` });
    expect(JSON.parse(lastLine)).toMatchObject({ ok: false, refusal: "import.file_is_directory", rows: 0 });
  });

  test("an own mapping is read from its file, and its faults are named with their place", async () => {
    const path = join(dir, "mine.json");
    writeFileSync(path, '{ "source": "mine", "products": [] }');
    const { code, stderr } = await run(write(table(row("X"))), "--map", path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Разметка .*mine\.json с ошибками: .*products/);
  });
});
