import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { type ConnectionUrls, urlsFor } from "@/db/connections";
import { acquireEmbedded } from "@/db/embedded";
import { clusterFiles, findPostmaster } from "@/db/embedded/cluster-files";
import { isSameProcess, processStart } from "@/db/embedded/processes";
import { stopServer } from "@/db/embedded/server";
import { migrateDatabase } from "@/db/migrate";

const PREFIX = "uzel-bench-pg-";

export interface Scratch {
  readonly urls: ConnectionUrls;
  /** The owner's connection, for seeding and for maintenance between rounds. */
  readonly owner: postgres.Sql;
  close(): Promise<void>;
}

/** A migrated database on a server of its own, as durable as a real one (fsync and synchronous commit on), then gone. */
export async function scratchDatabase(): Promise<Scratch> {
  await sweep();
  const dir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dir, 0o700);
  writeFileSync(join(dir, "owner"), `${process.pid} ${processStart(process.pid)}`);
  const server = await acquireEmbedded({
    dir,
    ownerPassword: randomBytes(32).toString("base64url"),
    database: "bench",
    durable: true,
  });
  const urls = urlsFor(server.url, "", {});
  await migrateDatabase(urls);
  const owner = postgres(urls.owner, { max: 2, onnotice: () => {} });
  const close = async () => {
    await owner.end({ timeout: 5 });
    await server.release();
    rmSync(dir, { recursive: true, force: true });
  };
  return { urls, owner, close };
}

/** What a killed bench left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    const mark = join(dir, "owner");
    if (!existsSync(mark)) continue;
    const [pid, start = ""] = readFileSync(mark, "utf8").split(" ");
    if (isSameProcess(Number(pid), start)) continue;
    const postmaster = findPostmaster(clusterFiles(dir));
    if (postmaster) await stopServer(postmaster.pid);
    rmSync(dir, { recursive: true, force: true });
  }
}
