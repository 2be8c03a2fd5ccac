import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { LANE_FLAGS } from "@/server/cli/billing-lanes";
import { childEnvironment } from "@/server/env";
import type { RunTask } from "@/server/jobs/work-run";

/** What a lane is asked to do: chunk after chunk of a run until there is none. */
export interface LaneTask {
  readonly task: RunTask;
  readonly runId: string;
}

export interface LaneAnswer {
  /** The process's peak so far. */
  readonly peakRssMiB: number;
  readonly error?: string;
}

export interface Lane {
  work(task: LaneTask): Promise<LaneAnswer>;
  close(): Promise<void>;
}

/** A process with workers of a run in it, as `npm run billing` has them; kept over all rounds, so that none counts its start. */
export async function openLane(databaseUrl: string): Promise<Lane> {
  const child = fork(join(import.meta.dirname, "billing-lane.ts"), [], {
    execArgv: LANE_FLAGS,
    env: childEnvironment({ DATABASE_URL: undefined, DATABASE_APP_URL: databaseUrl }),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return {
    async work(task) {
      const answered = once(child, "message");
      child.send(task);
      const [answer] = (await answered) as [LaneAnswer];
      if (answer.error) throw new Error(`a billing lane failed: ${answer.error}`);
      return answer;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** Each lane takes the next piece of work as soon as it is free. */
export async function dealOut<L, T>(
  lanes: readonly L[],
  work: readonly T[],
  run: (lane: L, item: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...work];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await run(lane, item);
    }),
  );
}
