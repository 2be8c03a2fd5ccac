import { openDatabase } from "@/db/open-database";
import { billAccounts } from "@/server/domain/runs";
import { env } from "@/server/env";
import { createContext } from "@/server/platform/context";
import type { LaneAnswer, LaneTask } from "./lanes";
import { ZONE } from "./seed-accounts";

const database = openDatabase(env.DATABASE_APP_URL ?? "", { max: 1, name: "uzel bench" });

process.on("message", (task: LaneTask) => void bill(task));
process.on("disconnect", () => void database.close().then(() => process.exit(0)));
process.send?.("ready");

async function bill({ accountIds, atMs }: LaneTask): Promise<void> {
  const now = new Date(atMs);
  const ctx = createContext({ db: database.db, actor: { kind: "job", name: "bench" }, zone: ZONE, now: () => now });
  const answer: LaneAnswer = await billAccounts(ctx, { accountIds: [...accountIds] }).then(
    ({ charged }) => ({ charged, peakRssMiB: peak() }),
    (error: unknown) => ({ charged: 0, peakRssMiB: peak(), error: String(error) }),
  );
  process.send?.(answer);
}

const peak = () => process.resourceUsage().maxRSS / 1024;
