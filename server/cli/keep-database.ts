import { setTimeout as pause } from "node:timers/promises";
import type { AcquiredDatabase } from "@/db/connections";

const EVERY_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Starts the embedded server again whenever it dies, until told to stop: what the supervisor does for its children, for
 * the one process that is nobody's child. One that does not start is tried again, later each time.
 */
export function keepDatabase({ revive }: Pick<AcquiredDatabase, "revive">): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = (async () => {
    for (let pauseMs = EVERY_MS; ; ) {
      await pause(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      if (stopping.signal.aborted) return;
      try {
        if (await revive()) console.log("The database had ended: started again.");
        pauseMs = EVERY_MS;
      } catch (error) {
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        console.error(`The database has ended and does not start: ${(error as Error).message}`);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}
