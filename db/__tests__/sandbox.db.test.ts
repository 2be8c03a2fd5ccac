import postgres from "postgres";
import { expect, inject, onTestFinished, test } from "vitest";
import { urlsFor } from "@/db/connections";
import { prepareSandbox } from "@/db/sandbox";
import { testDatabaseForThisTest } from "@/db/testing/database";
import { cloneName, onDatabase, TEST_ROLE_KEY } from "@/db/testing/template";

const urlsOf = (name: string) => urlsFor(onDatabase(inject("testServerUrl"), name), TEST_ROLE_KEY, {});

async function ask(url: string, query: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(query))];
  } finally {
    await sql.end();
  }
}

/** The name of a database that is not there yet, and is gone when the test ends. */
function newName(): string {
  const name = cloneName();
  onTestFinished(async () => {
    await ask(inject("testServerUrl"), `drop database if exists ${name} with (force)`);
  });
  return name;
}

test("a sandbox that is missing is made, brought to the schema and marked; its queue takes no job; again changes nothing", async () => {
  const main = await testDatabaseForThisTest();
  const sandbox = urlsOf(newName());
  const urls = { owner: main.ownerUrl, app: main.appUrl, radius: main.radiusUrl };
  await prepareSandbox(urls, sandbox);
  await prepareSandbox(urls, sandbox);
  expect(await ask(sandbox.app, "select only_row from sandbox_mark")).toEqual([{ only_row: true }]);
  await ask(sandbox.app, "select graphile_worker.add_job('send_message', '{}'::json)");
  expect(await ask(sandbox.app, "select id from graphile_worker._private_jobs")).toEqual([]);
  expect(await ask(main.appUrl, "select only_row from sandbox_mark")).toEqual([]);
});

test("the main database, and one with subscribers of its own, never become a sandbox", async () => {
  const [main, another] = [await testDatabaseForThisTest(), await testDatabaseForThisTest()];
  const urls = { owner: main.ownerUrl, app: main.appUrl, radius: main.radiusUrl };
  await expect(prepareSandbox(urls, urls)).rejects.toThrow(/names the main database/);
  await another.sql`insert into customers (id, kind, name) values (gen_random_uuid(), 'person', 'Кто-то')`;
  const theirs = { owner: another.ownerUrl, app: another.appUrl, radius: another.radiusUrl };
  await expect(prepareSandbox(urls, theirs)).rejects.toThrow(/has subscribers of its own/);
  expect(await another.sql`select 1 from sandbox_mark`).toEqual([]);
});

test("one that cannot be made is named in one line with what to do", async () => {
  const main = await testDatabaseForThisTest();
  const urls = { owner: main.ownerUrl, app: main.appUrl, radius: main.radiusUrl };
  const name = cloneName();
  // The app's role may not make databases.
  const beggar = new URL(main.appUrl);
  beggar.pathname = `/${name}`;
  const refusal = await prepareSandbox(urls, { ...urlsOf(name), owner: beggar.toString() }).catch(
    (error: Error) => error,
  );
  expect(String((refusal as Error).message)).toMatch(
    new RegExp(`^The sandbox database ${name} cannot be made \\(permission denied[^\\n]*\\): make it yourself[^\\n]*$`),
  );
});
