import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, nextCommand, startChild, tailOf } from "@/server/cli/children";
import { CommandError } from "@/server/cli/run-command";
import { childEnvironment, env } from "@/server/env";

const ROOT = join(import.meta.dirname, "..", "..");
const SOURCES = ["app", "components", "server", "db", "public"];
const OUTSIDE_OF_BUILD =
  /^next-env\.d\.ts$|\.test\.tsx?$|__tests__|__golden__|^server\/(cli|scenarios)\/|^db\/(testing|migrations)\//;

/** Of everything the production build is made from. */
export function sourcesHash(root = ROOT): string {
  const hash = createHash("sha256");
  const top = readdirSync(root, { withFileTypes: true })
    .filter((file) => file.isFile() && /^(package-lock\.json|.*\.(ts|mjs))$/.test(file.name))
    .map((file) => file.name);
  const nested = SOURCES.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(root.length + 1)),
  );
  for (const file of [...top, ...nested].filter((name) => !OUTSIDE_OF_BUILD.test(name)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

const mark = () => join(ROOT, env.NEXT_DIST_DIR, "uzel-sources");

export function isBuilt(hash: string): boolean {
  return (
    existsSync(join(ROOT, env.NEXT_DIST_DIR, "BUILD_ID")) && existsSync(mark()) && readFileSync(mark(), "utf8") === hash
  );
}

/** Runs the production build unless there is one of exactly these sources. */
export async function buildOnce(logsDir: string, defer: (child: Child) => void): Promise<"built" | "kept"> {
  const hash = sourcesHash();
  if (isBuilt(hash)) return "kept";
  const child = startChild(
    {
      name: "build",
      args: nextCommand("build"),
      env: childEnvironment({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
      restart: false,
    },
    logsDir,
  );
  defer(child);
  if ((await child.ended) !== 0 || !existsSync(join(ROOT, env.NEXT_DIST_DIR, "BUILD_ID"))) {
    throw new CommandError(`The build failed. Its last words (${child.logFile}):\n${tailOf(child.logFile)}`);
  }
  writeFileSync(mark(), hash);
  return "built";
}
