import { acquireDatabase } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { runCommand } from "@/server/cli/run-command";

await runCommand(async ({ defer }) => {
  const database = await acquireDatabase();
  defer(database.release);
  await migrateDatabase(database.urls);
  console.log("The database is up to date.");
});
