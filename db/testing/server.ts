import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acquireEmbedded } from "@/db/embedded";
import { clusterFiles, findPostmaster } from "@/db/embedded/cluster-files";
import { isSameProcess, processStart } from "@/db/embedded/processes";
import { stopServer } from "@/db/embedded/server";

const PREFIX = "uzel-test-pg-";

export type TestServer = { url: string; stop(): Promise<void> };

/** TEST_DATABASE_URL when set, else a throwaway server in the temporary folder, gone when `stop` returns. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, stop: async () => {} };
  const dir = await scratchFolder(PREFIX);
  try {
    const server = await acquireEmbedded({
      dir,
      ownerPassword: randomBytes(32).toString("base64url"),
      durable: false,
    });
    return {
      url: server.url,
      stop: async () => {
        await server.release();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A folder of this run's own for a server and its data. Those of the same prefix that a killed run left behind (its
 * process is gone, its server perhaps not) are ended and removed first.
 */
export async function scratchFolder(prefix: string): Promise<string> {
  await sweep(prefix);
  const dir = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(dir, 0o700);
  writeFileSync(join(dir, "owner"), `${process.pid} ${processStart(process.pid)}`);
  return dir;
}

async function sweep(prefix: string): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
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
