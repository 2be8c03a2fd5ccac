import { appUrl } from "@/db/connections";
import { logger } from "@/server/platform/logger";
import { startWorker } from "./start-worker";

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

// A process whose queue has given up would live on, look alive and do nothing: its supervisor starts another.
worker.ended.then(() => {
  if (stopping) return;
  logger.error("the queue has ended");
  process.exit(1);
});
