import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Command, CommandError } from "@/server/cli/run-command";
import { childEnvironment } from "@/server/env";

const LIMIT_MS = 40 * 60_000;

export type Counts = { passed: number; failed: number; skipped: number };
export type StepResult = { title: string; ok: boolean; seconds: number; counts: Counts };

/** What a developer's shell may hold and the tests must not follow. */
const UNSET = [
  "DATABASE_URL",
  "DATABASE_APP_URL",
  "DATABASE_RADIUS_URL",
  "SANDBOX_DATABASE_URL",
  "SANDBOX_DATABASE_APP_URL",
  "UZEL_DATA_DIR",
  "UZEL_PUBLIC_URL",
  "UZEL_DEMO",
  "PORT",
  "NODE_ENV",
  "NEXTAUTH_SECRET",
  "NEXTAUTH_URL",
  "YOOKASSA_SHOP_ID",
  "YOOKASSA_SECRET_KEY",
  "YOOKASSA_API_URL",
  "YOOKASSA_WEBHOOK_NETWORKS",
  "TRUSTED_PROXIES",
];

type Work =
  | { tool: string[]; count?: () => Counts; env?: Record<string, string> }
  | { work: () => Promise<void>; count?: never };

/** One step of the whole test: its header, its time, its counts. A failing step without counts is one failure. */
export async function runStep(command: Command, title: string, step: Work): Promise<StepResult> {
  command.signal.throwIfAborted();
  console.log(`\n━━ ${title}`);
  const since = performance.now();
  const ok = "tool" in step ? await runTool(command, step.tool, step.env) : await succeeds(step.work);
  const counts = readCounts(step.count) ?? { passed: 0, failed: 0, skipped: 0 };
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (ok && step.count && counts.passed === 0) {
    console.error(`${title}: nothing ran.`);
    counts.failed += 1;
  }
  return { title, ok: ok && counts.failed === 0, seconds: (performance.now() - since) / 1000, counts };
}

function readCounts(count: (() => Counts) | undefined): Counts | null {
  try {
    return count?.() ?? null;
  } catch {
    return null;
  }
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    return false;
  }
}

async function runTool(
  command: Command,
  [script = "", ...args]: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const unset = Object.fromEntries(UNSET.map((name) => [name, undefined]));
  const child = spawn(process.execPath, [join("node_modules", script), ...args], {
    env: childEnvironment({ ...unset, ...env, NEXT_TELEMETRY_DISABLED: "1" }),
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const exited = once(child, "exit");
  const kill = (signal: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(-child.pid, signal);
    } catch {
      // The whole group has ended by itself.
    }
  };
  command.defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    kill("SIGTERM");
    await Promise.race([exited, pause(10_000, undefined, { ref: false })]);
    kill("SIGKILL");
  });
  const limit = setTimeout(() => kill("SIGTERM"), LIMIT_MS);
  await exited;
  clearTimeout(limit);
  kill("SIGKILL");
  return child.exitCode === 0;
}
