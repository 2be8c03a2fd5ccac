import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedDatabaseError } from "@/db/embedded/error";
import { isSameProcess, processStart } from "@/db/embedded/processes";

export type Holder = { pid: number; start: string; words: string };

function parseHolder(text: string): Holder | null {
  const [pid, start = "", ...words] = text.trim().split(" ");
  return pid && /^\d+$/.test(pid) ? { pid: Number(pid), start, words: words.join(" ") } : null;
}

function readHolder(file: string): Holder | null {
  try {
    return parseHolder(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

const ownMark = (words = "") => `${process.pid} ${processStart(process.pid)} ${words}\n`;

/** Runs one starter or stopper at a time over a data folder; a lock left by a killed process is broken. */
export async function withLock<T>(file: string, work: () => Promise<T>, timeoutMs = 180_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  while (!tryLock(file)) {
    if (Date.now() > deadline) throw new EmbeddedDatabaseError(`${file} is held by process ${readHolder(file)?.pid}.`);
    await pause(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Takes a file for as long as this process lives, leaving `words` for whoever comes next. Answers the living holder it
 * found there instead, or null when the file is ours; the file of a killed one is taken over.
 */
export async function holdFile(file: string, words: string, patienceMs = 2_000): Promise<Holder | null> {
  const deadline = Date.now() + patienceMs;
  while (!tryLock(file, words)) {
    const holder = readHolder(file);
    if (holder && isSameProcess(holder.pid, holder.start)) return holder;
    if (Date.now() > deadline) throw new EmbeddedDatabaseError(`${file} is damaged: delete it.`);
    await pause(20);
  }
  return null;
}

function tryLock(file: string, words?: string): boolean {
  try {
    writeFileSync(file, ownMark(words), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = readHolder(file);
  if (holder && !isSameProcess(holder.pid, holder.start)) breakLock(file, holder);
  return false;
}

/** Moves the dead holder's file aside; when somebody re-took the lock in between, gives it back. */
function breakLock(file: string, dead: Holder): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && (moved.pid !== dead.pid || moved.start !== dead.start)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

/** The processes that lean on the server now; the last one to leave stops it. */
export function usersOf(dir: string) {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const nameOf = (key: string) => `${process.pid}-${key}`;
  return {
    enter(key: string): void {
      writeFileSync(join(dir, nameOf(key)), ownMark(), { mode: 0o600 });
    },
    leave(key: string): void {
      rmSync(join(dir, nameOf(key)), { force: true });
    },
    /** Forgets the killed ones, then counts the rest. */
    count(): number {
      const names = readdirSync(dir);
      const live = names.filter((name) => {
        const holder = readHolder(join(dir, name));
        return holder !== null && isSameProcess(holder.pid, holder.start);
      });
      for (const name of names) if (!live.includes(name)) rmSync(join(dir, name), { force: true });
      return live.length;
    },
  };
}
