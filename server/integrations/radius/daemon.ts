import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { RadiusConfig } from "./config";

export const FREERADIUS = "/usr/sbin/freeradius";
const READY = "Ready to process requests";
const GRACE_MS = 5_000;

export class RadiusDaemonError extends Error {
  override readonly name = "RadiusDaemonError";
}

export interface RadiusDaemon {
  readonly pid: number;
  /** Resolves with the exit code when the daemon ends, asked to or not. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly onLine?: (line: string) => void;
  readonly readyWithinMs?: number;
}

/**
 * Runs FreeRADIUS in the foreground, in a process group of its own, and resolves when it answers.
 * @throws RadiusDaemonError when it is not installed or ends before it is ready, with its last words.
 */
export async function startRadiusDaemon(
  config: Pick<RadiusConfig, "dir">,
  { onLine = () => {}, readyWithinMs = 15_000 }: StartOptions = {},
): Promise<RadiusDaemon> {
  if (!existsSync(FREERADIUS)) {
    throw new RadiusDaemonError(
      `FreeRADIUS is not installed: ${FREERADIUS} is missing. On Debian and Ubuntu: apt-get install freeradius freeradius-postgresql freeradius-utils.`,
    );
  }
  await endAbandoned(config.dir);
  const child = spawn(FREERADIUS, ["-f", "-P", "-d", config.dir, "-l", "stdout"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { NODE_ENV: "production", PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" },
  });
  const lastWords: string[] = [];
  const ended = exitOf(child);
  const ready = new Promise<boolean>((resolve) => {
    const hear = (line: string) => {
      lastWords.push(line);
      if (lastWords.length > 20) lastWords.shift();
      onLine(line);
      if (line.includes(READY)) resolve(true);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", hear);
    ended.then(() => resolve(false));
  });
  if (!(await Promise.race([ready, pause(readyWithinMs, false)]))) {
    await end(child, ended);
    throw new RadiusDaemonError(`FreeRADIUS did not start. Its last words:\n${lastWords.join("\n")}`);
  }
  return { pid: child.pid ?? 0, ended, stop: () => end(child, ended) };
}

async function exitOf(child: ChildProcess): Promise<number> {
  const result = await Promise.race([once(child, "close"), once(child, "error").then(() => [127])]);
  return typeof result[0] === "number" ? result[0] : 1;
}

async function end(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (!child.pid) return;
  signal(child.pid, "SIGTERM");
  if ((await Promise.race([ended, pause(GRACE_MS, null)])) === null) signal(child.pid, "SIGKILL");
  await ended;
}

/** A daemon of this very directory that outlived a killed parent still holds the ports. */
async function endAbandoned(dir: string): Promise<void> {
  const pid = Number(readIfThere(join(dir, "radiusd.pid")));
  if (!Number.isInteger(pid) || pid <= 1) return;
  const command = readIfThere(`/proc/${pid}/cmdline`).split("\0");
  if (command[0] !== FREERADIUS || !command.includes(dir)) return;
  signal(pid, "SIGTERM");
  for (let waited = 0; waited < GRACE_MS && existsSync(`/proc/${pid}`); waited += 100) await pause(100);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
