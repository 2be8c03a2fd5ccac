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

/**
 * Workers that share a process: while the database writes for two of them the third rates, which keeps a thread and a core of the
 * database busy, and the program is in memory once.
 */
export const LANES_PER_PROCESS = 3;

/** A young generation that the chunks at hand fit into: less is copied over and over. */
export const LANE_FLAGS = ["--max-semi-space-size=32", "--import", "tsx"];

/** Several workers of one run, a few to a process. */
export function openLanes(databaseUrl: string, task: RunTask, runId: string, count: number): Lanes {
  const peaks = new Map<ChildProcess, number>();
  const children = Array.from({ length: Math.ceil(count / LANES_PER_PROCESS) }, (_, place) => {
    const lanes = Math.min(LANES_PER_PROCESS, count - place * LANES_PER_PROCESS);
    const child = fork(join(import.meta.dirname, "billing-lane.ts"), [task, runId, `${lanes}`], {
      execArgv: LANE_FLAGS,
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
