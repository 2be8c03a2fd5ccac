import { setTimeout as pause } from "node:timers/promises";
import { type Command, CommandError } from "@/server/cli/run-command";
import {
  approveRun,
  cancelRun,
  closeRun,
  listRuns,
  openRun,
  pauseRun,
  previewRun,
  type RunReading,
  readRun,
  resumeRun,
  type StageReading,
  startRun,
} from "@/server/domain/runs";
import type { RunTask } from "@/server/jobs/work-run";
import type { Context } from "@/server/platform/context";
import { type Lanes, openLanes } from "./billing-lanes";
import { progressText, summaryText } from "./billing-words";

export const BILLING_COMMANDS = ["preview", "run", "resume", "close", "cancel"] as const;
type BillingCommand = (typeof BILLING_COMMANDS)[number];

const LOOK_MS = 500;

/** What a command leaves behind when it went well. */
export const WANTED = {
  preview: "previewed",
  run: "finished",
  resume: "finished",
  close: "finished",
  cancel: "cancelled",
} as const;

export interface Desk {
  readonly command: Command;
  readonly ctx: Context;
  readonly databaseUrl: string;
  readonly workers: number;
  /** A second person has looked at the preview and says so at the console. */
  readonly approve: boolean;
}

export interface Ended {
  readonly run: RunReading;
  readonly peakRssMiB: number;
  /** Only of a cancelled run: what is charged and stays. */
  readonly stays?: Awaited<ReturnType<typeof cancelRun>>;
}

/** The work behind each command. */
export const workBilling: Readonly<Record<BillingCommand, (desk: Desk, period: string) => Promise<Ended>>> = {
  async preview(desk, period) {
    const runId = (await openOf(desk.ctx, period)) ?? (await openRun(desk.ctx, { period })).runId;
    return preview(desk, runId);
  },

  async run(desk, period) {
    const { ctx } = desk;
    const runId = (await openOf(ctx, period)) ?? (await openRun(ctx, { period })).runId;
    let { state } = await readRun(ctx, { runId });
    if (state === "paused" || state === "failed") {
      throw new CommandError(`The run of ${period} is ${state}: npm run billing -- resume --period ${period}`);
    }
    if (state === "draft") {
      const { run } = await preview(desk, runId);
      if (run.preview) process.stderr.write(`${summaryText(run, run.preview)}\n`);
      state = run.state;
    }
    if (state === "previewed") {
      if (!desk.approve) return { run: await readRun(ctx, { runId }), peakRssMiB: peakOf() };
      await approveRun(ctx, { runId });
      state = "approved";
    }
    if (state === "approved") await startRun(ctx, { runId });
    return charge(desk, runId);
  },

  async resume(desk, period) {
    const { ctx } = desk;
    const runId = await openOf(ctx, period);
    if (!runId) throw new CommandError(`No run of ${period} is open.`);
    const { state } = await readRun(ctx, { runId });
    if (state === "paused" || state === "failed") await resumeRun(ctx, { runId });
    else if (state !== "running") {
      throw new CommandError(
        `The run of ${period} is ${state}, it has nothing to go on with: npm run billing -- run --period ${period}`,
      );
    }
    return charge(desk, runId);
  },

  async close({ ctx }, period) {
    const run = (await runsOf(ctx, period)).find((one) => one.state === "finished" && one.closedAt === null);
    if (!run) throw new CommandError(`No run of ${period} waits to be closed.`);
    await closeRun(ctx, { runId: run.id });
    return { run: await readRun(ctx, { runId: run.id }), peakRssMiB: peakOf() };
  },

  async cancel({ ctx }, period) {
    const runId = await openOf(ctx, period);
    if (!runId) throw new CommandError(`No run of ${period} is open.`);
    const stays = await cancelRun(ctx, { runId });
    return { run: await readRun(ctx, { runId }), peakRssMiB: peakOf(), stays };
  },
};

/** The one run of the month that is neither finished nor cancelled. */
async function openOf(ctx: Context, period: string): Promise<string | null> {
  const open = (await runsOf(ctx, period)).find((run) => run.state !== "finished" && run.state !== "cancelled");
  return open?.id ?? null;
}

const runsOf = async (ctx: Context, period: string) =>
  (await listRuns(ctx)).runs.filter((run) => run.periodStart.startsWith(period));

async function preview(desk: Desk, runId: string): Promise<Ended> {
  await previewRun(desk.ctx, { runId });
  return work(desk, "preview_run", runId);
}

/** Charges to the end, and closes the run of a month that is over when nobody has to be looked at first. */
async function charge(desk: Desk, runId: string): Promise<Ended> {
  const { ctx, command } = desk;
  command.defer(() => pauseIfRunning(ctx, runId));
  const ended = await work(desk, "charge_run", runId);
  const { state, isMonthOver, charging } = ended.run;
  if (state !== "finished" || !isMonthOver || charging?.totals.parked !== 0) return ended;
  await closeRun(ctx, { runId });
  return { ...ended, run: await readRun(ctx, { runId }) };
}

/** Ctrl-C: nobody begins another chunk, and those that are begun are waited for. */
async function pauseIfRunning(ctx: Context, runId: string): Promise<void> {
  if ((await readRun(ctx, { runId })).state !== "running") return;
  await pauseRun(ctx, { runId });
  const { charging } = await readRun(ctx, { runId });
  process.stderr.write(`Paused. ${progressText(charging)}. Go on with: npm run billing -- resume\n`);
}

/** Lets workers at a run and tells how far it is until they have ended. */
async function work({ command, ctx, databaseUrl, workers }: Desk, task: RunTask, runId: string): Promise<Ended> {
  const lanes = openLanes(databaseUrl, task, runId, workers);
  command.defer(lanes.letGo);
  let working = true;
  const ended = lanes.done.then(() => {
    working = false;
  });
  let shown = "";
  while (working) {
    await Promise.race([ended, pause(LOOK_MS)]);
    if (command.signal.aborted) break;
    const text = progressText(stageOf(await readRun(ctx, { runId }), task));
    if (text !== shown) process.stderr.write(`${text}\n`);
    shown = text;
  }
  await ended;
  // What follows is for a run that came to its end; pausing it is deferred.
  command.signal.throwIfAborted();
  return { run: await readRun(ctx, { runId }), peakRssMiB: peakOf(lanes) };
}

const stageOf = (run: RunReading, task: RunTask): StageReading | null =>
  task === "preview_run" ? run.preview : run.charging;

const peakOf = (lanes?: Lanes) => process.resourceUsage().maxRSS / 1024 + (lanes?.peakRssMiB() ?? 0);
