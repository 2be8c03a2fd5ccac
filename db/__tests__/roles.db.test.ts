import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { urlsFor } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { openDatabase } from "@/db/open-database";
import { type TestDatabase, testDatabase } from "@/db/testing/database";
import { TEST_ROLE_KEY } from "@/db/testing/template";

describe("database roles", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it("the product works as the app role, which owns nothing but the queue", async () => {
    const [who] = await database.sql`
      select current_user as name, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user`;
    expect(who).toEqual({
      name: "uzel_app",
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolbypassrls: false,
    });
    const owned = await database.sql`
      select distinct schemaname from pg_tables where tableowner = 'uzel_app'`;
    expect(owned.map((row) => row.schemaname)).toEqual(["graphile_worker"]);
  });

  it.each([
    "transfers",
    "charges",
    "adjustments",
    "invoices",
    "invoice_lines",
    "vat_advance_closings",
    "audit_log",
    "events",
    "posting_keys",
  ])("the app role can neither change, delete nor empty rows of %s", async (table) => {
    await expect(database.sql.unsafe(`delete from ${table}`)).rejects.toMatchObject({ code: "42501" });
    await expect(database.sql.unsafe(`truncate ${table}`)).rejects.toMatchObject({ code: "42501" });
    const [column] = await database.sql`
        select column_name as name from information_schema.columns where table_name = ${table} limit 1`;
    await expect(database.sql.unsafe(`update ${table} set ${column?.name} = ${column?.name}`)).rejects.toMatchObject({
      code: "42501",
    });
    const partitions = await database.sql`
        select inhrelid::regclass::text as name from pg_inherits where inhparent = ${table}::regclass`;
    for (const { name } of partitions) {
      await expect(database.sql.unsafe(`delete from ${name}`)).rejects.toMatchObject({ code: "42501" });
    }
  });

  it("the app role queues jobs inside its own transaction", async () => {
    await database.sql.begin(async (tx) => {
      await tx`select graphile_worker.add_job('roles_test', '{}'::json)`;
    });
    const [row] =
      await database.sql`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'roles_test'`;
    expect(row?.n).toBe(1);
  });

  it("the radius role sees its views and not the tables behind them", async () => {
    const radius = openDatabase(database.radiusUrl, { max: 1 });
    try {
      expect(await radius.sql`select * from radius.radcheck limit 1`).toHaveLength(0);
      for (const table of ["services", "customers", "transfers", "users"]) {
        await expect(radius.sql.unsafe(`select 1 from public.${table}`)).rejects.toMatchObject({ code: "42501" });
      }
      await expect(radius.sql`delete from radius.radacct`).rejects.toMatchObject({ code: "42501" });
    } finally {
      await radius.close();
    }
  });

  it("migrating again, from two starters at once, changes nothing", async () => {
    const read = () => database.ownerSql`select hash from drizzle.__drizzle_migrations order by id`;
    const before = await read();
    const urls = urlsFor(database.ownerUrl, TEST_ROLE_KEY, {});
    await Promise.all([migrateDatabase(urls), migrateDatabase(urls)]);
    expect(await read()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
  });
});
