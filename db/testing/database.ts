import postgres from "postgres";
import { inject, onTestFinished } from "vitest";
import { urlsFor } from "@/db/connections";
import { openDatabase } from "@/db/open-database";
import { cloneName, onDatabase, TEST_ROLE_KEY } from "@/db/testing/template";

/** A database of the caller's own, cloned from the migrated template; `db` and `sql` work under the app role. */
export async function testDatabase() {
  const name = cloneName();
  const serverUrl = inject("testServerUrl");
  await cloneTemplate(serverUrl, inject("testTemplate"), name);
  const urls = urlsFor(onDatabase(serverUrl, name), TEST_ROLE_KEY, {});
  const app = openDatabase(urls.app, { max: 10, name: "uzel test" });
  const ownerSql = postgres(urls.owner, { max: 2, onnotice: () => {} });
  return {
    db: app.db,
    sql: app.sql,
    /** The owner's connection, for what the app role must not do itself. */
    ownerSql,
    appUrl: urls.app,
    ownerUrl: urls.owner,
    radiusUrl: urls.radius,
    async close(): Promise<void> {
      await Promise.all([app.close(), ownerSql.end({ timeout: 5 })]);
      await withServer(serverUrl, (admin) => admin`drop database if exists ${admin(name)} with (force)`);
    },
  };
}
export type TestDatabase = Awaited<ReturnType<typeof testDatabase>>;

/** The same for one test, closed when it ends. */
export async function testDatabaseForThisTest(): Promise<TestDatabase> {
  const database = await testDatabase();
  onTestFinished(database.close);
  return database;
}

async function cloneTemplate(serverUrl: string, template: string, name: string): Promise<void> {
  await withServer(
    serverUrl,
    (admin) => admin`create database ${admin(name)} template ${admin(template)} strategy wal_log`,
  );
}

async function withServer<T>(serverUrl: string, work: (admin: postgres.Sql) => Promise<T>): Promise<T> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
