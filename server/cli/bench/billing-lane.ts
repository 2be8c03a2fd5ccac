import { openDatabase } from "@/db/open-database";
import { LANES_PER_PROCESS } from "@/server/cli/billing-lanes";
import { env } from "@/server/env";
import { workRunChunk } from "@/server/jobs/work-run";
import { createContext } from "@/server/platform/context";
import type { LaneAnswer, LaneTask } from "./lanes";
import { ZONE } from "./seed-accounts";

const database = openDatabase(env.DATABASE_APP_URL ?? "", { max: LANES_PER_PROCESS, name: "uzel bench" });
const ctx = createContext({ db: database.db, actor: { kind: "job", name: "bench" }, zone: ZONE });

process.on("message", (task: LaneTask) => void work(task));
process.on("disconnect", () => void database.close().then(() => process.exit(0)));
process.send?.("ready");

async function work({ task, runId }: LaneTask): Promise<void> {
  let error: string | undefined;
  try {
    const lane = async () => {
      while (await workRunChunk(ctx, task, runId));
    };
    await Promise.all(Array.from({ length: LANES_PER_PROCESS }, lane));
  } catch (thrown) {
    error = String(thrown);
  }
  const answer: LaneAnswer = { peakRssMiB: process.resourceUsage().maxRSS / 1024, ...(error ? { error } : {}) };
  process.send?.(answer);
}
