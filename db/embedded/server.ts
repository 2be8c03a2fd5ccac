import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { Binaries, ServerUser } from "@/db/embedded/binaries";
import { type ClusterFiles, handOver, logSince, openLog } from "@/db/embedded/cluster-files";
import { EmbeddedDatabaseError } from "@/db/embedded/error";
import { isAlive } from "@/db/embedded/processes";

export const OWNER_ROLE = "uzel_owner";
const HOST = "127.0.0.1";
const serverEnvironment: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Makes the cluster aside and moves it into place whole, so that a kill in the middle leaves nothing half-made. */
export function initCluster(files: ClusterFiles, binaries: Binaries, user: ServerUser, password: string): void {
  rmSync(files.draft, { recursive: true, force: true });
  mkdirSync(files.draft, { mode: 0o700 });
  const words = mkdtempSync(join(tmpdir(), "uzel-"));
  const passwordFile = join(words, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [files.draft, words, passwordFile]) chownSync(path, user.uid, user.gid);
  const folder = handOver(files.draft, user !== null);
  try {
    const run = (locale: string) =>
      spawnSync(
        binaries.initdb,
        [
          `--pgdata=${folder.path}`,
          `--username=${OWNER_ROLE}`,
          `--pwfile=${passwordFile}`,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          `--locale=${locale}`,
          "--lc-messages=C",
          "--locale-provider=icu",
          "--icu-locale=ru",
          "--data-checksums",
        ],
        {
          ...user,
          cwd: "/",
          env: serverEnvironment,
          stdio: ["ignore", "pipe", "pipe", ...folder.fds],
          encoding: "utf8",
        },
      );
    let made = run("C.UTF-8");
    if (made.stderr?.includes("invalid locale name")) made = run("C");
    if (made.status !== 0)
      throw new EmbeddedDatabaseError(`initdb failed: ${reason(made.stderr ?? made.error?.message ?? "")}`);
  } finally {
    folder.close();
    rmSync(words, { recursive: true, force: true });
  }
  rmSync(files.data, { recursive: true, force: true });
  renameSync(files.draft, files.data);
}

function reason(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const told = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "no reason given";
  return told.replace(/^.*?(FATAL|PANIC|error):\s*/, "").trim();
}

/** A free loopback port below the range that outgoing connections take theirs from, so it stays free. */
export async function chooseFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedDatabaseError("No free port between 15000 and 30000 on the loopback address.");
}

export function isFree(port: number, host = HOST): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

function settings(port: number, durable: boolean): string[] {
  const sharedBuffersMiB = Math.max(64, Math.min(1024, Math.floor(totalmem() / 1024 / 1024 / 16)));
  const values: Record<string, string | number> = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: "",
    cluster_name: "uzel",
    timezone: "UTC",
    log_timezone: "UTC",
    max_connections: 120,
    shared_buffers: `${sharedBuffersMiB}MB`,
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    max_wal_size: "2GB",
    jit: "off",
    dynamic_shared_memory_type: hasRoomyShm() ? "posix" : "sysv",
  };
  if (!durable) Object.assign(values, { fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Containers often give /dev/shm 64 MiB, which parallel queries run out of. */
function hasRoomyShm(): boolean {
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize > 512 * 1024 * 1024;
  } catch {
    return process.platform !== "linux";
  }
}

export type StartOptions = { binaries: Binaries; user: ServerUser; port: number; password: string; durable: boolean };

/** Starts the server apart from our process group, so that Ctrl-C reaches it only through us. */
export async function startServer(files: ClusterFiles, options: StartOptions): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const failure = await tryStart(files, options);
    if (failure === null) return;
    // After a kill −9 the orphaned back ends need a moment to notice and let the shared memory go.
    const dying = /shared memory block|postmaster\.pid/.test(failure);
    if (!dying || Date.now() > deadline)
      throw new EmbeddedDatabaseError(`PostgreSQL did not start: ${reason(failure)} (log: ${files.log})`);
    await pause(200);
  }
}

async function tryStart(
  files: ClusterFiles,
  { binaries, user, port, password, durable }: StartOptions,
): Promise<string | null> {
  const log = openLog(files.log);
  const before = statSync(files.log).size;
  const folder = handOver(files.data, user !== null);
  chmodSync(files.data, 0o700);
  const child = spawn(binaries.postgres, ["-D", folder.path, ...settings(port, durable)], {
    ...user,
    cwd: "/",
    env: serverEnvironment,
    detached: true,
    stdio: ["ignore", log, log, ...folder.fds],
  });
  closeSync(log);
  folder.close();
  let failure: string | null = null;
  child.once("error", (error) => {
    failure = `FATAL: ${error.message}`;
  });
  while (failure === null && child.exitCode === null && child.signalCode === null) {
    if ((await knock(port, password)) === "ours") {
      child.unref();
      return null;
    }
    await pause(30);
  }
  return failure ?? logSince(files.log, before);
}

export function ownerUrl(port: number, password: string, database = "postgres"): string {
  return `postgres://${OWNER_ROLE}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;
}

/** Our server; somebody who knows other passwords; or nobody that can answer now (starting, dying, or away). */
export async function knock(port: number, password: string): Promise<"ours" | "foreign" | "silent"> {
  const sql = postgres(ownerUrl(port, password), { max: 1, connect_timeout: 3, onnotice: () => {}, idle_timeout: 1 });
  try {
    await sql`select 1`;
    return "ours";
  } catch (error) {
    // 28P01 wrong password, 28000 no such login.
    return ["28P01", "28000"].includes((error as { code?: string }).code ?? "") ? "foreign" : "silent";
  } finally {
    await sql.end({ timeout: 1 }).catch(() => {});
  }
}

/** Waits for a server that somebody else has started. */
export async function awaitServer(port: number, password: string, pid: number): Promise<"ours" | "foreign" | "gone"> {
  const deadline = Date.now() + 120_000;
  while (isAlive(pid) && Date.now() < deadline) {
    const answer = await knock(port, password);
    if (answer !== "silent") return answer;
    await pause(50);
  }
  return "gone";
}

/** Fast shutdown, and an immediate one (recovered at the next start) when somebody's query does not let go. */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", 15_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (isAlive(pid) && Date.now() < deadline) await pause(25);
  }
}
