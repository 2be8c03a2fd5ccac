import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres from "postgres";
import type { ConnectionUrls } from "@/db/connections";
import { APP_ROLE, ensureRoles } from "@/db/roles";

export const MIGRATIONS_DIR = join(import.meta.dirname, "migrations");

const silent = new Logger(() => () => {});

/** Roles, then our migrations as the owner, then the queue's as the app role. Safe to repeat; one runner at a time. */
export async function migrateDatabase(urls: ConnectionUrls): Promise<void> {
  await ensureRoles(urls);
  const sql = postgres(urls.owner, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext('uzel migrations'))`;
    await prepareQueueSchema(sql);
    await runMigrations({ connectionString: asAppRole(urls.app), logger: silent, maxPoolSize: 1 });
    await migrate(drizzle(sql), { migrationsFolder: MIGRATIONS_DIR });
    // So that the health page can tell whether code and schema are of one version.
    await sql.unsafe(`
      grant usage on schema drizzle to ${APP_ROLE}; grant select on drizzle.__drizzle_migrations to ${APP_ROLE};`);
  } finally {
    await sql.end();
  }
}

/** A login that is only a member of the app role still makes the queue's tables the role's own. */
function asAppRole(appUrl: string): string {
  const url = new URL(appUrl);
  url.searchParams.set("options", `-c role=${APP_ROLE}`);
  return url.toString();
}

/**
 * The queue's private tables are guarded by row security, which only their owner passes, so the app role owns them.
 * It may not make schemas, so the owner lays the first stone that the queue's own migrator looks for.
 */
async function prepareQueueSchema(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema if not exists graphile_worker authorization ${APP_ROLE};
    set role ${APP_ROLE};
    create table if not exists graphile_worker.migrations (
      id int primary key, ts timestamptz default now() not null, breaking boolean not null default false);
    reset role;`);
}
