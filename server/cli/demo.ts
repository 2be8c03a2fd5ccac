import { eq, sql } from "drizzle-orm";
import type { ConnectionUrls } from "@/db/connections";
import { type Database, openDatabase } from "@/db/open-database";
import { customers, settings } from "@/db/schema";
import { CommandError, runCommand } from "@/server/cli/run-command";
import { startStack } from "@/server/cli/stack";

type Login = { role: string; login: string; password: string };
type Seed = {
  seedDemo(options: {
    databaseUrl: string;
    onProgress(text: string, done: number, total: number): void;
  }): Promise<void>;
  demoLogins: readonly Login[];
};

const SEED_MODULE = "./demo-seed";
const MARK = "demo.seed";

await runCommand(async (command) => {
  process.env.UZEL_DEMO = "1";
  const { seedDemo, demoLogins } = (await import(SEED_MODULE)) as Seed;
  let logins: readonly Login[] = [];
  const { url } = await startStack(command, {
    mode: "production",
    prepareTitle: "Demo operator",
    prepare: async (urls, update) => {
      if (await seedOnce(urls, seedDemo, update)) logins = demoLogins;
    },
  });
  console.log(`\nUzel runs at ${url}`);
  const width = Math.max(0, ...logins.map(({ role }) => role.length));
  for (const { role, login, password } of logins) console.log(`  ${role.padEnd(width)}  ${login}  ${password}`);
  console.log("Ctrl-C stops everything.");
  await command.interrupted;
});

/** False when the database belongs to somebody's real subscribers: they get no invented neighbours. */
async function seedOnce(
  urls: ConnectionUrls,
  seedDemo: Seed["seedDemo"],
  update: (text: string) => void,
): Promise<boolean> {
  const database = openDatabase(urls.app, { max: 1, name: "uzel demo" });
  try {
    const mark = await readMark(database);
    if (mark === "finished") {
      update("already there");
      return true;
    }
    if (mark === "begun") {
      throw new CommandError(
        "The demo data was not finished last time: remove the data folder (or empty the database) and start again.",
      );
    }
    const [first] = await database.db.select({ one: sql`1` }).from(customers).limit(1);
    if (first) {
      update("skipped: the database already has subscribers of its own");
      return false;
    }
    await writeMark(database, "begun");
    await seedDemo({
      databaseUrl: urls.app,
      onProgress: (text, done, total) => update(`${text} ${done} / ${total}`),
    });
    await writeMark(database, "finished");
    return true;
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
