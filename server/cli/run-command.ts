import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedDatabaseError } from "@/db/embedded";
import { RoleError } from "@/db/roles";
import { SandboxError } from "@/db/sandbox";
import { DataDirError } from "@/server/data-dir";

/** A mistake of the person at the keyboard, or of the machine: shown as one line, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

export type Command = {
  /** What to undo at the end, in reverse order, whatever happens. */
  defer(undo: () => Promise<unknown>): void;
  /** Aborted by Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  /** Never resolves before that: what a server awaits once it serves. */
  interrupted: Promise<unknown>;
  /** The code to end with when the work itself went through but found something wrong. */
  exitWith(code: number): void;
};

/**
 * Runs a command to its end: undoes what it deferred also on failure and on Ctrl-C, then exits 0, 1, or 130.
 * A second Ctrl-C exits at once.
 */
export async function runCommand(work: (command: Command) => Promise<void>): Promise<never> {
  const stop = new AbortController();
  const undo: (() => Promise<unknown>)[] = [];
  const interrupted = new Promise<"interrupted">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (stop.signal.aborted && signal === "SIGINT") process.exit(130);
        stop.abort();
        resolve("interrupted");
      });
    }
  });
  let code = 0;
  const fail = (error: unknown) => {
    if (stop.signal.aborted) return;
    code = 1;
    report(error);
  };
  const exitWith = (wanted: number) => {
    code = wanted;
  };
  const running = work({ defer: (action) => undo.push(action), signal: stop.signal, interrupted, exitWith }).catch(
    fail,
  );
  if ((await Promise.race([running, interrupted])) === "interrupted") code = 130;
  await unwind(undo);
  // Work that was interrupted half-way may still have taken something in the meantime.
  await Promise.race([running, pause(5_000, undefined, { ref: false })]);
  await unwind(undo);
  process.exit(code);
}

async function unwind(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (let action = undo.pop(); action; action = undo.pop()) await action().catch(report);
}

/** Errors that already say what to do are shown as they are; anything else keeps its stack. */
function report(error: unknown): void {
  const plain = [CommandError, DataDirError, EmbeddedDatabaseError, RoleError, SandboxError].some(
    (kind) => error instanceof kind,
  );
  const { code, message } = error as { code?: string; message?: string };
  if (plain) console.error(message);
  else if (code === "ECONNREFUSED" || code === "ENOTFOUND") console.error(`The database does not answer: ${message}`);
  else if (code === "28P01" || code === "3D000") console.error(`The database refused us: ${message}`);
  else console.error(error);
}
