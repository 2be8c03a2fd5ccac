import { acquireEmbedded } from "@/db/embedded";
import { APP_ROLE, type LoginRole, RADIUS_ROLE, rolePassword, withRole } from "@/db/roles";
import { dataDir, secrets } from "@/server/data-dir";
import { env } from "@/server/env";

export { type Database, openDatabase } from "@/db/open-database";

export const EMBEDDED_DATABASE = "uzel";

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

function outsideUrls(owner: string): ConnectionUrls {
  const handed = env.DATABASE_APP_URL && env.DATABASE_RADIUS_URL;
  const needsKey = !handed && new URL(owner).password === "";
  return urlsFor(owner, needsKey ? secrets().roleKey : "");
}
