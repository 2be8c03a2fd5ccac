import { setTimeout as pause } from "node:timers/promises";
import { appUrl } from "@/db/connections";
import { logger } from "@/server/platform/logger";
import { startWorker } from "./start-worker";

const LONGEST_END_MS = 3_000;

const worker = await startWorker(await appUrl());
logger.info("worker ready");

let stopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

// A process whose queue has ended would live on, look alive and do nothing: its supervisor starts another. What is under way
// may end first; what cannot is freed by the next worker and done again.
worker.ended.then(async () => {
  if (stopping) return;
  logger.error("the queue has ended");
  await Promise.race([worker.stop().catch(() => {}), pause(LONGEST_END_MS)]);
  process.exit(1);
});
