import { acquireEmbedded } from "@/db/embedded";
import { APP_ROLE, type LoginRole, RADIUS_ROLE, rolePassword, withRole } from "@/db/roles";
import { dataDir, secrets } from "@/server/data-dir";
import { env } from "@/server/env";

export { type Database, openDatabase } from "@/db/open-database";

export const EMBEDDED_DATABASE = "uzel";
const EMBEDDED_SANDBOX = "uzel_sandbox";

export type ConnectionUrls = {
  /** Migrations, and nothing else. */
  owner: string;
  /** Web, worker and commands. */
  app: string;
  /** FreeRADIUS. */
  radius: string;
};

/** Role passwords follow from the owner's, so every process finds the same; `given` URLs win. */
export function urlsFor(
  owner: string,
  roleKey: string,
  given: { app?: string | undefined; radius?: string | undefined } = {
    app: env.DATABASE_APP_URL,
    radius: env.DATABASE_RADIUS_URL,
  },
): ConnectionUrls {
  const url = (role: LoginRole) => withRole(owner, role, rolePassword(owner, role, roleKey));
  return { owner, app: given.app ?? url(APP_ROLE), radius: given.radius ?? url(RADIUS_ROLE) };
}

export type AcquiredDatabase = {
  urls: ConnectionUrls;
  /** True when the server is our embedded one. */
  embedded: boolean;
  /** True when this call started the embedded server rather than joining it. */
  started: boolean;
  /** Starts the embedded server again when it has died; answers whether it had. An outside server is not ours to start. */
  revive(): Promise<boolean>;
  /** Leaves the embedded server, which stops with its last user; does nothing for an outside server. */
  release(): Promise<void>;
};

/** Gives the database named by DATABASE_URL, or joins (starting it if needed) the embedded one of the data folder. */
export async function acquireDatabase(): Promise<AcquiredDatabase> {
  if (env.DATABASE_URL) {
    const outside = { embedded: false, started: false, revive: async () => false, release: async () => {} };
    return { urls: outsideUrls(env.DATABASE_URL), ...outside };
  }
  const { databasePassword, roleKey } = secrets();
  const server = await acquireEmbedded({
    dir: dataDir(),
    ownerPassword: databasePassword,
    database: EMBEDDED_DATABASE,
  });
  const { started, revive, release } = server;
  return { urls: urlsFor(server.url, roleKey), embedded: true, started, revive, release };
}

let own: Promise<AcquiredDatabase> | undefined;

/** The same, once per process and kept until it ends. */
export async function connectionUrls(): Promise<ConnectionUrls> {
  own ??= acquireDatabase();
  return (await own).urls;
}

/** The app role's URL: what a supervisor handed down, else found as `connectionUrls` finds it. */
export async function appUrl(): Promise<string> {
  return env.DATABASE_APP_URL ?? (await connectionUrls()).app;
}

/**
 * The sandbox beside the main database: on the embedded server always, on an operator's own where SANDBOX_DATABASE_URL names it;
 * null where there is none.
 */
export function sandboxUrls({ urls, embedded }: Pick<AcquiredDatabase, "urls" | "embedded">): ConnectionUrls | null {
  if (env.SANDBOX_DATABASE_URL) return givenSandboxUrls(urls, env.SANDBOX_DATABASE_URL);
  return embedded
    ? {
        owner: on(urls.owner, EMBEDDED_SANDBOX),
        app: on(urls.app, EMBEDDED_SANDBOX),
        radius: on(urls.radius, EMBEDDED_SANDBOX),
      }
    : null;
}

/** The same host and port: roles, and so their passwords, are common to both databases. */
export function isSameServer(a: string, b: string): boolean {
  const [one, other] = [new URL(a), new URL(b)];
  return one.hostname === other.hostname && (one.port || "5432") === (other.port || "5432");
}

/** Logins belong to a whole server: beside the main database they are the same ones, and nobody's password changes. */
function givenSandboxUrls(main: ConnectionUrls, owner: string): ConnectionUrls {
  const name = new URL(owner).pathname.slice(1);
  const urls = isSameServer(main.owner, owner)
    ? { owner, app: on(main.app, name), radius: on(main.radius, name) }
    : urlsFor(owner, new URL(owner).password === "" ? secrets().roleKey : "", {});
  return { ...urls, app: env.SANDBOX_DATABASE_APP_URL ?? urls.app };
}

function on(url: string, database: string): string {
  const there = new URL(url);
  there.pathname = `/${database}`;
  return there.toString();
}

/** The app role's URL of the sandbox: what a supervisor handed down, else as this process would find it; null: there is none. */
export async function sandboxAppUrl(): Promise<string | null> {
  if (env.SANDBOX_DATABASE_APP_URL) return env.SANDBOX_DATABASE_APP_URL;
  if (env.DATABASE_APP_URL) return null;
  own ??= acquireDatabase();
  return sandboxUrls(await own)?.app ?? null;
}

function outsideUrls(owner: string): ConnectionUrls {
  const handed = env.DATABASE_APP_URL && env.DATABASE_RADIUS_URL;
  const needsKey = !handed && new URL(owner).password === "";
  return urlsFor(owner, needsKey ? secrets().roleKey : "");
}
