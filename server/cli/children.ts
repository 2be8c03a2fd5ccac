import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { CommandError } from "@/server/cli/run-command";

const GRACE_MS = 5_000;
const LONGEST_PAUSE_MS = 10_000;
const withParent = pathToFileURL(join(import.meta.dirname, "with-parent.mjs")).href;

export type ChildSpec = {
  name: string;
  /** Arguments of Node. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where it works; our own folder unless said. */
  cwd?: string;
  /** false: the end of this process is the end of its work, as for a build. */
  restart: boolean;
};

export type Child = {
  name: string;
  logFile: string;
  /** Of the present incarnation; changes when the process was restarted. */
  pid(): number;
  /** Resolves with the exit code when it ended for good; never for one that is restarted. */
  ended: Promise<number>;
  stop(): Promise<void>;
};

/** Arguments that run one of our TypeScript entries. */
export function entry(script: string, ...args: string[]): string[] {
  return ["--import", "tsx", join(import.meta.dirname, "..", "..", script), ...args];
}

export function nextCommand(...args: string[]): string[] {
  return [join(import.meta.dirname, "..", "..", "node_modules/next/dist/bin/next"), ...args];
}

/**
 * Starts a process in a group of its own, so that Ctrl-C reaches it only through us, and writes what it says to a log.
 * One that should live is started again when it dies, later each time until it stands for a while.
 */
export function startChild(spec: ChildSpec, logsDir: string, onRestart: () => void = () => {}): Child {
  mkdirSync(logsDir, { recursive: true, mode: 0o700 });
  const logFile = join(logsDir, `${spec.name}.log`);
  let current = launch(spec, logFile, "w");
  let stopping = false;
  const ended = (async () => {
    for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const since = performance.now();
      const code = await exitCode(current);
      if (stopping || !spec.restart) return code;
      if (performance.now() - since > 30_000) pauseMs = 250;
      await pause(pauseMs);
      if (stopping) return code;
      current = launch(spec, logFile, "a");
      onRestart();
    }
  })();
  return {
    name: spec.name,
    logFile,
    pid: () => current.pid ?? 0,
    ended,
    async stop() {
      stopping = true;
      signalGroup(current, "SIGTERM");
      const gone = await Promise.race([exitCode(current), pause(GRACE_MS, null)]);
      if (gone === null) signalGroup(current, "SIGKILL");
      await exitCode(current);
      // A group may outlive its leader.
      signalGroup(current, "SIGKILL");
    },
  };
}

function launch(spec: ChildSpec, logFile: string, flags: "w" | "a"): ChildProcess {
  const log = openSync(logFile, flags, 0o600);
  try {
    return spawn(process.execPath, ["--import", withParent, ...spec.args], {
      cwd: spec.cwd,
      env: { ...spec.env, UZEL_SUPERVISOR: String(process.pid) },
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
  } finally {
    closeSync(log);
  }
}

async function exitCode(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? 1;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export function tailOf(logFile: string, lines = 30): string {
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

/** Asks until `ready` says yes; a process that ends or a time limit turns into its last words. */
export async function awaitReady(child: Child, ready: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let over = false;
  child.ended.then(() => {
    over = true;
  });
  const first = child.pid();
  while (!(await ready())) {
    if (over || child.pid() !== first || performance.now() > deadline) {
      throw new CommandError(
        `${child.name} did not start. Its last words (${child.logFile}):\n${tailOf(child.logFile)}`,
      );
    }
    await pause(150);
  }
}

export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** By the health answer: a log may be set to say less. */
export async function hasLiveWorker(healthUrl: string): Promise<boolean> {
  try {
    const response = await fetch(healthUrl, { signal: AbortSignal.timeout(5_000) });
    const body = (await response.json()) as { worker?: { alive?: number } };
    return (body.worker?.alive ?? 0) > 0;
  } catch {
    return false;
  }
}
