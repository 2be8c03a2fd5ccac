import { EventEmitter } from "node:events";
import { Logger, run, type WorkerEvents } from "graphile-worker";
import postgres from "postgres";
import { openDatabase } from "@/db";
import { lastingPool } from "@/db/lasting-pool";
import { logger } from "@/server/platform/logger";
import { withoutParameters } from "@/server/platform/trace";
import { proveAlive, releaseDeadWorkers } from "./dead-workers";
import { jobContext } from "./job-context";
import { CRONTAB, TASKS, WATCHES } from "./tasks";

export interface RunningWorker {
  /** Resolves when running jobs are done and every connection is closed. */
  stop(): Promise<void>;
  /** Resolves when the queue is to be trusted no more: it was stopped, gave up, or lost the database. Start another one. */
  ended: Promise<void>;
}

const CONCURRENCY = 4;
/** Every finished job is "info" to the queue; to us it is detail. */
const QUEUE_LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;
const SWEEP_SECONDS = 2;

/** Starts the queue's worker over one database, under the app role. */
export async function startWorker(databaseUrl: string, options: { cron?: boolean } = {}): Promise<RunningWorker> {
  const database = openDatabase(databaseUrl, { max: CONCURRENCY + 3, name: "uzel worker" });
  const life = lastingPool((onclose) =>
    postgres(databaseUrl, { max: 1, max_lifetime: null, connect_timeout: 10, onclose, onnotice: () => undefined }),
  );
  const events = new EventEmitter() as WorkerEvents;
  let workerId: string | null = null;
  const lost = Promise.withResolvers<void>();
  // A queue whose server was killed under it has been seen to take a job and never do it, or never to take one again.
  events.on("pool:listen:error", () => lost.resolve());
  // Jobs are locked by the pool's id.
  events.on("pool:create", ({ workerPool }) => {
    workerId = workerPool.id;
    proveAlive(life.sql, workerPool.id).catch((error: unknown) =>
      logger.error({ err: error }, "worker has no life sign"),
    );
  });
  const taskList = Object.fromEntries(
    Object.entries(TASKS).map(([name, task]) => [
      name,
      async (payload: unknown) => {
        try {
          await task.run(jobContext(database.db, name), payload);
        } catch (error) {
          logger.error({ err: error, task: name }, "task failed");
          throw withoutParameters(error);
        }
      },
    ]),
  );
  const queue = run({
    connectionString: databaseUrl,
    concurrency: CONCURRENCY,
    pollInterval: 1_000,
    maxPoolSize: CONCURRENCY + 2,
    noHandleSignals: true,
    taskList,
    events,
    parsedCronItems: options.cron === false ? [] : undefined,
    crontab: options.cron === false ? undefined : CRONTAB,
    logger: new Logger(() => (level, message) => logger[QUEUE_LEVELS[level]](message)),
  });
  const runner = await Promise.race([
    queue,
    lost.promise.then(() => Promise.reject(new Error("The database was lost while the queue was starting"))),
  ]);
  const timers = [
    repeat(SWEEP_SECONDS, "release_dead_workers", async () => {
      // First, so that a worker whose connection was cut does not take itself for dead.
      if (workerId) await proveAlive(life.sql, workerId);
      const ids = await releaseDeadWorkers(database.sql);
      if (ids.length > 0) logger.warn({ workers: ids.length }, "dead workers' jobs set free");
    }),
    ...WATCHES.map((watch) =>
      repeat(watch.everySeconds, watch.name, () => watch.run(jobContext(database.db, watch.name))),
    ),
  ];
  return {
    ended: Promise.race([runner.promise.catch(() => {}), lost.promise]),
    async stop() {
      for (const timer of timers) timer.stop();
      await runner.stop();
      await Promise.all(timers.map((timer) => timer.idle()));
      await Promise.all([database.close(), life.close()]);
    },
  };
}

/** Runs now and every so often, never twice at a time; a failure is logged and the next turn tries again. */
function repeat(everySeconds: number, name: string, work: () => Promise<unknown>) {
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const turn = () => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error: unknown) => logger.error({ err: error, watch: name }, "watch failed"))
      .finally(() => {
        busy = false;
      });
  };
  turn();
  const timer = setInterval(turn, everySeconds * 1_000);
  return { stop: () => clearInterval(timer), idle: () => running };
}
