import { openDatabase } from "@/db/open-database";
import { env } from "@/server/env";
import { type RunTask, workRunChunk } from "@/server/jobs/work-run";
import { createContext } from "@/server/platform/context";

// Workers of `npm run billing` that share a process: each takes chunk after chunk until there is none, or until the command that
// started it lets go or is gone. Ctrl-C is the command's to answer; a chunk that is begun is always finished.
const [task, runId = "", count = "1"] = process.argv.slice(2) as [RunTask, string, string];
const lanes = Number(count);
const database = openDatabase(env.DATABASE_APP_URL ?? "", { max: lanes, name: "uzel billing" });
const ctx = createContext({ db: database.db, actor: { kind: "job", name: "billing" }, zone: env.OPERATOR_ZONE });

let wanted = true;
process.on("disconnect", () => {
  wanted = false;
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

await Promise.all(
  Array.from({ length: lanes }, async () => {
    while (wanted && (await workRunChunk(ctx, task, runId))) {
      process.send?.({ peakRssMiB: process.resourceUsage().maxRSS / 1024 });
    }
  }),
);
await database.close();
if (process.connected) process.disconnect();
