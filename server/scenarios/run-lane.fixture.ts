import { openDatabase } from "@/db/open-database";
import { env } from "@/server/env";
import { workRunChunk } from "@/server/jobs/work-run";
import { createContext } from "@/server/platform/context";

// A worker in a process of its own, for tests that kill it: says that it is ready, and once told to go, takes chunk after
// chunk of a run until there is none, telling after each.
const [runId = "", atMs = "0"] = process.argv.slice(2);
const now = new Date(Number(atMs));
const database = openDatabase(env.DATABASE_APP_URL ?? "", { max: 1, name: "uzel lane" });
const ctx = createContext({
  db: database.db,
  actor: { kind: "job", name: "charge_run" },
  zone: "Europe/Moscow",
  now: () => now,
});
await database.sql`select 1`;

process.once("message", async () => {
  while (await workRunChunk(ctx, "charge_run", runId)) process.send?.("chunk");
  await database.close();
  process.exit(0);
});
process.send?.("ready");
