import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { startWorker } from "@/server/jobs/start-worker";

const PARENTS = ["transfers", "charges", "events", "audit_log", "usage_records", "invoices", "invoice_lines"];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const boundsOf = (parent: string) =>
  database.ownerSql<{ name: string; bounds: string }[]>`
    select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${parent}::regclass order by c.relname`;

test.each(PARENTS)(
  "months of %s tile across the year's end, whatever zone the asking session keeps",
  async (parent) => {
    await database.ownerSql.begin(async (tx) => {
      await tx`set local timezone = 'Asia/Kamchatka'`;
      await tx`select make_partitions('2031-11-10', '2031-12-31')`;
    });
    await database.ownerSql.begin(async (tx) => {
      await tx`set local timezone = 'America/Los_Angeles'`;
      await tx`select make_partitions('2031-12-01', '2032-03-01')`;
    });
    const rows = (await boundsOf(parent)).filter((row) => row.name >= `${parent}_2031_11`);
    expect(rows.map((row) => row.name.slice(-7))).toEqual(["2031_11", "2031_12", "2032_01", "2032_02", "2032_03"]);
    const ends = rows.map((row) => /FROM \('(.+)'\) TO \('(.+)'\)/.exec(row.bounds)?.slice(1, 3) ?? []);
    expect(ends[0]?.[0]).toMatch(/^2031-11-01( 00:00:00\+00)?$/);
    for (const [index, [from]] of ends.entries()) if (index > 0) expect(from).toBe(ends[index - 1]?.[1]);
  },
);

test("a worker that starts after months of sleep makes the months that are missing, without waiting for its clock", async () => {
  const { month } = (
    await database.ownerSql<{ month: string }[]>`select to_char(now() + interval '1 month', 'YYYY_MM') as month`
  )[0] ?? { month: "" };
  for (const parent of PARENTS) await database.ownerSql.unsafe(`drop table ${parent}_${month}`);
  const worker = await startWorker(database.appUrl, { cron: false });
  await vi.waitFor(
    async () => {
      for (const parent of PARENTS) {
        expect((await boundsOf(parent)).map((row) => row.name)).toContain(`${parent}_${month}`);
      }
    },
    { timeout: 10_000, interval: 100 },
  );
  await worker.stop();
});

test("the application can neither make tables of its own nor drop a month, nor reach into one past its parent", async () => {
  const [{ name } = { name: "" }] = await boundsOf("transfers");
  for (const statement of [
    "create table public.mine (id int)",
    `drop table ${name}`,
    `truncate ${name}`,
    `alter table transfers detach partition ${name}`,
    `insert into ${name} select * from transfers limit 0`,
    `select * from ${name}`,
    "alter table transfers disable trigger all",
    "alter function make_partitions(date, date) security invoker",
  ]) {
    await expect(database.sql.unsafe(statement), statement).rejects.toMatchObject({ code: "42501" });
  }
});

test("a table of the caller's own that shadows a name is not used by the function that makes months", async () => {
  await database.sql.begin(async (tx) => {
    await tx.unsafe("create temp table transfers (booked_on date) on commit drop");
    await tx`select make_partitions('2033-01-01', '2033-01-31')`;
  });
  expect((await boundsOf("transfers")).map((row) => row.name)).toContain("transfers_2033_01");
});
