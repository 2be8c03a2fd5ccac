import { acquireDatabase, sandboxUrls } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { prepareSandbox } from "@/db/sandbox";
import { runCommand } from "@/server/cli/run-command";

await runCommand(async ({ defer }) => {
  const database = await acquireDatabase();
  defer(database.release);
  await migrateDatabase(database.urls);
  const sandbox = sandboxUrls(database);
  if (sandbox) await prepareSandbox(database.urls, sandbox);
  console.log(sandbox ? "The database and its sandbox are up to date." : "The database is up to date.");
});
