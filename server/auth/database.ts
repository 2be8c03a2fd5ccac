import { type Database, openDatabase } from "@/db";
import { appUrl } from "@/db/connections";

// The bundler may load this file more than once in a process; the pool is one.
const holder = globalThis as typeof globalThis & { uzelWebDatabase?: Promise<Database> };

/** The web process's own pool, under the app role. */
export function webDatabase(): Promise<Database> {
  holder.uzelWebDatabase ??= appUrl().then((url) => openDatabase(url, { name: "uzel web" }));
  holder.uzelWebDatabase.catch(() => {
    holder.uzelWebDatabase = undefined;
  });
  return holder.uzelWebDatabase;
}
