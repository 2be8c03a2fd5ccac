import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { urlsFor } from "@/db/connections";
import { MIGRATIONS_DIR, migrateDatabase } from "@/db/migrate";

/** Stands in for the password when TEST_DATABASE_URL carries none. */
export const TEST_ROLE_KEY = "uzel tests: derives the passwords of roles on a throwaway server";

const PREFIX = "uzel_test_";

/** Changes with any migration, so a stale template is never cloned. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const files = readdirSync(MIGRATIONS_DIR, { recursive: true, encoding: "utf8" }).sort();
  for (const file of files) {
    if (/\.(sql|json)$/.test(file)) hash.update(file).update(readFileSync(join(MIGRATIONS_DIR, file)));
  }
  // Partitions are made around the day of migration.
  return hash.update(new Date().toISOString().slice(0, 7)).digest("hex").slice(0, 12);
}

export function onDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Makes the migrated database that every test file clones, unless this server has it already. */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `${PREFIX}template_${fingerprint()}`;
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`select pg_advisory_lock(hashtext(${name}))`;
    const [ready] = await admin`select 1 from pg_database where datname = ${name} and datistemplate`;
    if (ready) return name;
    await admin`drop database if exists ${admin(name)} with (force)`;
    await admin`create database ${admin(name)}`;
    await migrateDatabase(urlsFor(onDatabase(serverUrl, name), TEST_ROLE_KEY, {}));
    await admin`alter database ${admin(name)} with is_template true`;
    return name;
  } finally {
    await admin.end();
  }
}

/** Clones that a killed run left on a shared server more than an hour ago. */
export async function dropAbandoned(serverUrl: string): Promise<void> {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const rows = await admin<
      { name: string }[]
    >`select datname as name from pg_database where datname like ${`${PREFIX}%`}`;
    const limit = Date.now() - 3_600_000;
    for (const { name } of rows) {
      const [, made] = /at_(\d{13})_/.exec(name) ?? [];
      if (made && Number(made) < limit) await admin`drop database if exists ${admin(name)} with (force)`;
    }
  } finally {
    await admin.end();
  }
}

export function cloneName(): string {
  return `${PREFIX}at_${Date.now()}_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
}
