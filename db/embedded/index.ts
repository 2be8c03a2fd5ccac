import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { findBinaries, serverUser } from "@/db/embedded/binaries";
import {
  type ClusterFiles,
  clusterFiles,
  findPostmaster,
  inspectData,
  readPort,
  writePort,
} from "@/db/embedded/cluster-files";
import { EmbeddedDatabaseError } from "@/db/embedded/error";
import { usersOf, withLock } from "@/db/embedded/lock";
import {
  awaitServer,
  chooseFreePort,
  initCluster,
  isFree,
  ownerUrl,
  startServer,
  stopServer,
} from "@/db/embedded/server";

export { EmbeddedDatabaseError } from "@/db/embedded/error";

export type EmbeddedOptions = {
  /** Data folder; the cluster lies in `<dir>/postgres`. */
  dir: string;
  ownerPassword: string;
  /** Made when missing. */
  database?: string;
  /** false only for throwaway test data: no fsync. */
  durable?: boolean;
};

export type EmbeddedServer = {
  /** Owner's URL of the database. */
  url: string;
  port: number;
  pid: number;
  /** Whether this call started the server (false: it joined a running one). */
  started: boolean;
  /** Starts the server again when it has died under its users; answers whether it had. */
  revive(): Promise<boolean>;
  /** Leaves; the last process to leave stops the server. */
  release(): Promise<void>;
};

/**
 * Joins the embedded server of a data folder, starting it when it is down. Several processes may hold it at once;
 * a killed one counts as gone, so neither its server nor its lock outlives the next start.
 * @throws EmbeddedDatabaseError, one line, when the port or the folder is not ours to take.
 */
export async function acquireEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const files = clusterFiles(options.dir);
  const key = randomUUID();
  const users = usersOf(files.users);
  const run = async () => {
    const joined = await join(files, options.ownerPassword);
    const running = joined ?? (await start(files, options));
    return { ...running, started: joined === null };
  };
  const server = await withLock(files.lock, async () => {
    const running = await run();
    users.enter(key);
    return running;
  });
  const forget = () => users.leave(key);
  process.once("exit", forget);
  const url = ownerUrl(server.port, options.ownerPassword, options.database);
  if (options.database) await ensureDatabase(ownerUrl(server.port, options.ownerPassword), options.database);
  let released: Promise<void> | undefined;
  const leave = () =>
    withLock(files.lock, async () => {
      users.leave(key);
      process.off("exit", forget);
      const postmaster = findPostmaster(files);
      if (users.count() === 0 && postmaster) await stopServer(postmaster.pid);
    });
  return {
    ...server,
    url,
    async revive() {
      if (released || findPostmaster(files)) return false;
      return withLock(files.lock, async () => !released && (await run()).started);
    },
    release() {
      released ??= leave();
      return released;
    },
  };
}

async function join(files: ClusterFiles, password: string): Promise<{ port: number; pid: number } | null> {
  const postmaster = findPostmaster(files);
  if (!postmaster) return null;
  const answer = await awaitServer(postmaster.port, password, postmaster.pid);
  if (answer === "foreign") {
    throw new EmbeddedDatabaseError(
      `The server over ${files.data} (process ${postmaster.pid}) does not accept the password in secrets.json: that file was replaced, or another program runs the server.`,
    );
  }
  return answer === "ours" ? postmaster : null;
}

async function start(files: ClusterFiles, options: EmbeddedOptions): Promise<{ port: number; pid: number }> {
  const user = serverUser(files.data);
  const binaries = findBinaries(user);
  if (inspectData(files, binaries.version) === "missing") initCluster(files, binaries, user, options.ownerPassword);
  const port = await choosePort(files);
  await startServer(files, { binaries, user, port, password: options.ownerPassword, durable: options.durable ?? true });
  const postmaster = findPostmaster(files);
  if (!postmaster) throw new EmbeddedDatabaseError(`PostgreSQL stopped right after its start (log: ${files.log}).`);
  return { port, pid: postmaster.pid };
}

/** The port is chosen once and kept, so that URLs written down elsewhere stay true. */
async function choosePort(files: ClusterFiles): Promise<number> {
  const kept = readPort(files);
  if (kept === null) {
    const port = await chooseFreePort();
    writePort(files, port);
    return port;
  }
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await isFree(kept)) return kept;
    await pause(100);
  }
  throw new EmbeddedDatabaseError(
    `Port ${kept} of the embedded PostgreSQL is taken by another program: stop that program, or delete ${files.settings} and another port will be chosen.`,
  );
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (!found) await sql`create database ${sql(name)}`;
  } catch (error) {
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await sql.end();
  }
}

/** Throws away everything in a database of the embedded server and makes it empty again. */
export async function recreateDatabase(url: string): Promise<void> {
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = "/postgres";
  const sql = postgres(server.toString(), { max: 1, onnotice: () => {} });
  try {
    await sql`drop database if exists ${sql(name)} with (force)`;
    await sql`create database ${sql(name)}`;
  } finally {
    await sql.end();
  }
}
