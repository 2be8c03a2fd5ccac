import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awaitReady, startChild, tailOf } from "@/server/cli/children";
import { firstFreePort } from "@/server/cli/ports";
import { type StackFile, stackFile } from "@/server/cli/stack";
import { childEnvironment } from "@/server/env";

const FIRST_PORT = 18_300;
const READY_MS = 600_000;

export interface ScratchStack {
  readonly stack: StackFile;
  close(): Promise<void>;
}

export interface StackSource {
  /** Where the application lies; its own tree unless a bench builds a copy. */
  readonly root?: string;
}

/**
 * The whole product as `npm start` starts it, production build, in a data folder and on ports of its own: web, worker,
 * payment provider, RADIUS where it is installed, and a durable database. Builds first when there is no build of these
 * sources.
 */
export async function scratchStack({ root }: StackSource = {}): Promise<ScratchStack> {
  const dir = mkdtempSync(join(tmpdir(), "uzel-bench-stack-"));
  const port = await firstFreePort(FIRST_PORT);
  const home = root ?? join(import.meta.dirname, "..", "..", "..");
  const unset = [
    "DATABASE_URL",
    "DATABASE_APP_URL",
    "DATABASE_RADIUS_URL",
    "SANDBOX_DATABASE_URL",
    "YOOKASSA_SHOP_ID",
    "RADIUS_HOST",
  ];
  const child = startChild(
    {
      name: "stack",
      args: ["--import", "tsx", join(home, "server/cli/start.ts")],
      env: childEnvironment({
        ...Object.fromEntries(unset.map((name) => [name, undefined])),
        NODE_ENV: "production",
        UZEL_DATA_DIR: dir,
        PORT: String(port),
        UZEL_PUBLIC_URL: `http://localhost:${port}`,
        LOG_LEVEL: "warn",
      }),
      cwd: home,
      restart: false,
    },
    join(dir, "bench-logs"),
  );
  const close = async () => {
    await child.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await awaitReady(child, async () => existsSync(stackFile(dir)), READY_MS);
    return { stack: JSON.parse(readFileSync(stackFile(dir), "utf8")) as StackFile, close };
  } catch (error) {
    const words = existsSync(child.logFile) ? tailOf(child.logFile) : "";
    await close();
    throw new Error(`the stack to be measured did not start:\n${words}`, { cause: error });
  }
}
