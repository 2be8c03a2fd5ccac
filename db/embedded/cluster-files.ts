import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { EmbeddedDatabaseError } from "@/db/embedded/error";
import { isAlive, workingDirectory } from "@/db/embedded/processes";

/** Where one embedded server keeps its things inside a data folder. */
export function clusterFiles(dir: string) {
  return {
    data: join(dir, "postgres"),
    draft: join(dir, "postgres.init"),
    lock: join(dir, "postgres.lock"),
    log: join(dir, "postgres.log"),
    settings: join(dir, "postgres.json"),
    users: join(dir, "postgres.users"),
  };
}
export type ClusterFiles = ReturnType<typeof clusterFiles>;

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** The lines the server wrote since `from`; the last of them says why it did not start. */
export function logSince(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString("utf8");
}

export function readPort(files: ClusterFiles): number | null {
  try {
    const { port } = JSON.parse(readFileSync(files.settings, "utf8")) as { port?: unknown };
    return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

export function writePort(files: ClusterFiles, port: number): void {
  const draft = `${files.settings}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ port }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, files.settings);
}

/** Says whether a cluster is there, and refuses a folder that is something else. */
export function inspectData(files: ClusterFiles, version: string): "ready" | "missing" {
  if (!existsSync(files.data)) return "missing";
  let names: string[];
  try {
    names = readdirSync(files.data);
  } catch (error) {
    throw foreign(files, `cannot be read (${(error as NodeJS.ErrnoException).code}): it belongs to another user`);
  }
  if (names.length === 0) return "missing";
  if (!names.includes("PG_VERSION")) throw foreign(files, "is not empty and holds no PostgreSQL data");
  const owner = statSync(files.data).uid;
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && self !== owner) throw foreign(files, "belongs to another user");
  const [made, ours] = [readFileSync(join(files.data, "PG_VERSION"), "utf8").trim(), version.split(".")[0]];
  if (made !== ours) throw foreign(files, `was made by PostgreSQL ${made} and this is ${ours}: dump and restore it`);
  return "ready";
}

function foreign(files: ClusterFiles, what: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(`The database folder ${files.data} ${what}. Choose another UZEL_DATA_DIR.`);
}

export type Postmaster = { pid: number; port: number };

/**
 * The server that runs over this folder now. Its pid file outlives a kill −9 and the number may since belong to
 * another program, so the process must also stand in the data folder; otherwise the file is removed, because
 * PostgreSQL itself would take the namesake for its own server and refuse to start.
 */
export function findPostmaster(files: ClusterFiles): Postmaster | null {
  const file = join(files.data, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (isAlive(pid) && standsIn(pid, files.data)) return { pid, port };
  rmSync(file, { force: true });
  return null;
}

function standsIn(pid: number, folder: string): boolean {
  const cwd = workingDirectory(pid);
  if (cwd === null) return true;
  if (basename(cwd) !== basename(folder)) return false;
  const [a, b] = [statSync(cwd, { throwIfNoEntry: false }), statSync(folder)];
  return a !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/**
 * Lets a process of another user work in a folder whose parents it may not enter (a project under /root):
 * it gets the folder as an open file, and the path /proc/self/fd/3 leads there without walking the parents.
 */
export function handOver(folder: string, toAnotherUser: boolean): { path: string; fds: number[]; close(): void } {
  if (!toAnotherUser || process.platform !== "linux") return { path: folder, fds: [], close: () => {} };
  const fd = openSync(folder, "r");
  return { path: "/proc/self/fd/3", fds: [fd], close: () => closeSync(fd) };
}
