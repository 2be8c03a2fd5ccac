import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { CommandError } from "@/server/cli/run-command";

/** Debian packages that the tests need, each with the file that shows it is there. */
const PACKAGES = [
  { name: "chromium", file: "/usr/bin/chromium" },
  { name: "freeradius", file: "/usr/sbin/freeradius" },
  { name: "freeradius-postgresql", file: "/usr/lib/freeradius/rlm_sql_postgresql.so" },
  { name: "freeradius-utils", file: "/usr/bin/radclient" },
  { name: "libxml2-utils", file: "/usr/bin/xmllint" },
] as const;

const POLICY = "/usr/sbin/policy-rc.d";

const missing = () => PACKAGES.filter(({ file }) => !existsSync(file)).map(({ name }) => name);

/**
 * Installs what is missing when we may; otherwise names it.
 * @throws CommandError, one line.
 */
export function ensureSystemPackages(): void {
  const wanted = missing();
  if (wanted.length === 0) return;
  const names = wanted.join(" ");
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new CommandError(`The tests need these Debian packages: ${names} (as root: apt-get install -y ${names}).`);
  }
  withoutStartingServices(() => {
    const installed = apt("update") && apt("install", "-y", "--no-install-recommends", ...wanted);
    if (!installed || missing().length > 0) {
      throw new CommandError(`apt-get could not install ${missing().join(" ") || names}: see its message above.`);
    }
  });
}

function apt(...args: string[]): boolean {
  const env: NodeJS.ProcessEnv = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("/usr/bin/apt-get", args, { stdio: "inherit", env }).status === 0;
}

/** Debian starts a service when its package is installed; the tests run their own FreeRADIUS and want no other. */
function withoutStartingServices(work: () => void): void {
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}
