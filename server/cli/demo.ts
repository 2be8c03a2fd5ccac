import { eq, sql } from "drizzle-orm";
import type { AcquiredDatabase } from "@/db/connections";
import { recreateDatabase } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { type Database, openDatabase } from "@/db/open-database";
import { customers, settings } from "@/db/schema";
import { type DemoLogin, demoLogins, seedDemo } from "@/server/cli/demo-seed";
import { CommandError, runCommand } from "@/server/cli/run-command";
import { startStack } from "@/server/cli/stack";

const MARK = "demo.seed";

await runCommand(async (command) => {
  let logins: readonly DemoLogin[] = [];
  const { url } = await startStack(command, {
    mode: "production",
    demo: true,
    prepareTitle: "Demo operator",
    prepare: async (database, update) => {
      if (await seedOnce(database, update)) logins = demoLogins;
    },
  });
  console.log(`\nUzel runs at ${url}`);
  printLogins(logins);
  console.log("Ctrl-C stops everything.");
  await command.interrupted;
});

function printLogins(logins: readonly DemoLogin[]): void {
  const rows = logins.map(({ role, login, password, who }) => [role, login, password, who]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`);
}

/** False when the database belongs to somebody's real subscribers: they get no invented neighbours. */
async function seedOnce(acquired: AcquiredDatabase, update: (text: string) => void): Promise<boolean> {
  if ((await withDatabase(acquired, readMark)) === "begun") await startOver(acquired, update);
  return withDatabase(acquired, async (database) => {
    if ((await readMark(database)) === "finished") {
      update("already there");
      return true;
    }
    const [first] = await database.db.select({ one: sql`1` }).from(customers).limit(1);
    if (first) {
      update("skipped: the database already has subscribers of its own");
      return false;
    }
    await writeMark(database, "begun");
    const databaseUrl = acquired.urls.app;
    await seedDemo({ databaseUrl, onProgress: (text, done, total) => update(`${text} ${done} / ${total}`) });
    await writeMark(database, "finished");
    return true;
  });
}

/** A demo that was stopped in the middle of its making holds nobody's data: the embedded database is made anew. */
async function startOver({ embedded, urls }: AcquiredDatabase, update: (text: string) => void): Promise<void> {
  if (!embedded) {
    throw new CommandError("The demo data was not finished last time: empty the database and start again.");
  }
  update("was not finished last time, starting over");
  await recreateDatabase(urls.owner);
  await migrateDatabase(urls);
}

async function withDatabase<T>({ urls }: AcquiredDatabase, work: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(urls.app, { max: 1, name: "uzel demo" });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function readMark({ db }: Database): Promise<unknown> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, MARK));
  return row?.value;
}

async function writeMark({ db }: Database, value: "begun" | "finished"): Promise<void> {
  await db.insert(settings).values({ key: MARK, value }).onConflictDoUpdate({ target: settings.key, set: { value } });
}
