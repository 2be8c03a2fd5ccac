import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { childEnvironment } from "@/server/env";
import type { RunTask } from "@/server/jobs/work-run";

export interface Lanes {
  /** Resolves when every lane has ended: nothing was left to take, or it was let go. */
  readonly done: Promise<void>;
  /** Of all lanes together, so far. */
  peakRssMiB(): number;
  /** Lets them finish the chunk they are at and take no other. */
  letGo(): Promise<void>;
}

/** Several workers of one run, each a process: two in one process would share one thread. */
export function openLanes(databaseUrl: string, task: RunTask, runId: string, count: number): Lanes {
  const peaks = new Map<ChildProcess, number>();
  const children = Array.from({ length: count }, () => {
    const child = fork(join(import.meta.dirname, "billing-lane.ts"), [task, runId], {
      // A young generation that a chunk fits into: less is copied over and over.
      execArgv: ["--max-semi-space-size=8", "--import", "tsx"],
      env: childEnvironment({ DATABASE_URL: undefined, DATABASE_APP_URL: databaseUrl }),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child.on("message", ({ peakRssMiB }: { peakRssMiB: number }) => peaks.set(child, peakRssMiB));
    return child;
  });
  const done = Promise.all(children.map((child) => once(child, "exit"))).then(() => {});
  return {
    done,
    peakRssMiB: () => [...peaks.values()].reduce((sum, one) => sum + one, 0),
    async letGo() {
      for (const child of children) if (child.connected) child.disconnect();
      await done;
    },
  };
}
