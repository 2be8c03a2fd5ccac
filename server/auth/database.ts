import { type Database, openDatabase } from "@/db";
import { appUrl, sandboxAppUrl } from "@/db/connections";

// The bundler may load this file more than once in a process; the pool is one.
const holder = globalThis as typeof globalThis & {
  uzelWebDatabase?: Promise<Database>;
  uzelSandboxDatabase?: Promise<Database | null>;
};

/** The web process's own pool, under the app role. */
export function webDatabase(): Promise<Database> {
  holder.uzelWebDatabase ??= appUrl().then((url) => openDatabase(url, { name: "uzel web" }));
  holder.uzelWebDatabase.catch(() => {
    holder.uzelWebDatabase = undefined;
  });
  return holder.uzelWebDatabase;
}

/** The sandbox beside it, opened when somebody first asks; null where there is none. A person moves one clock at a time. */
export function sandboxDatabase(): Promise<Database | null> {
  holder.uzelSandboxDatabase ??= sandboxAppUrl().then((url) =>
    url === null ? null : openDatabase(url, { max: 4, name: "uzel sandbox" }),
  );
  holder.uzelSandboxDatabase.catch(() => {
    holder.uzelSandboxDatabase = undefined;
  });
  return holder.uzelSandboxDatabase;
}
