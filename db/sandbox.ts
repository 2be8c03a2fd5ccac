import postgres from "postgres";
import { type ConnectionUrls, isSameServer } from "@/db/connections";
import { migrateDatabase } from "@/db/migrate";
import { APP_ROLE } from "@/db/roles";

/** One line: which sandbox database cannot be had, and what mends it. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}

/**
 * Makes the sandbox database when it is missing, brings it to the present schema and marks it. Safe to repeat and to run from
 * several starters at once.
 * @throws SandboxError, one line, when it cannot be made, is the main database itself, or has subscribers and no mark.
 */
export async function prepareSandbox(main: ConnectionUrls, sandbox: ConnectionUrls): Promise<void> {
  const name = nameOf(sandbox.owner);
  if (isSameServer(main.owner, sandbox.owner) && name === nameOf(main.owner)) {
    throw new SandboxError(`SANDBOX_DATABASE_URL names the main database ${name}: a sandbox needs one of its own.`);
  }
  try {
    await createMissing(main, sandbox);
    await refuseForeign(sandbox.owner);
    await migrateDatabase(sandbox);
    await markSandbox(sandbox.owner);
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new SandboxError(
      `The sandbox database ${name} cannot be made (${why}): make it yourself for that owner, or unset SANDBOX_DATABASE_URL.`,
    );
  }
}

const nameOf = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1));

async function createMissing(main: ConnectionUrls, sandbox: ConnectionUrls): Promise<void> {
  if (await doesExist(sandbox.owner)) return;
  // Some database has to be named to ask for another: the main one is there, else the one that every server has.
  const beside = new URL(sandbox.owner);
  beside.pathname = isSameServer(main.owner, sandbox.owner) ? new URL(main.owner).pathname : "/postgres";
  await withOwner(beside.toString(), async (sql) => {
    try {
      await sql`create database ${sql(nameOf(sandbox.owner))}`;
    } catch (error) {
      // 42P04, 23505: another starter made it just now.
      if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
    }
  });
}

async function doesExist(url: string): Promise<boolean> {
  try {
    await withOwner(url, (sql) => sql`select 1`);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === "3D000") return false;
    throw error;
  }
}

/** Somebody's real subscribers never become a sandbox's: their rows could be dropped and their clock moved. */
async function refuseForeign(url: string): Promise<void> {
  await withOwner(url, async (sql) => {
    const [row] = await sql<{ customers: string | null; mark: string | null }[]>`
      select to_regclass('public.customers') as customers, to_regclass('public.sandbox_mark') as mark`;
    if (!row?.customers) return;
    const [marked] = row.mark ? await sql`select 1 from sandbox_mark` : [];
    const [customer] = marked ? [] : await sql`select 1 from customers limit 1`;
    if (customer) {
      throw new SandboxError(
        `The database ${nameOf(url)} has subscribers of its own: SANDBOX_DATABASE_URL must name an empty one.`,
      );
    }
  });
}

/**
 * Says that the database is a sandbox, and closes its queue: whatever a verb enqueues there is let fall by the database itself,
 * so that no job of a copy's can ever write to anybody, ask the network or take money.
 */
export async function markSandbox(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, (sql) =>
    sql.begin(async (tx) => {
      await tx`insert into sandbox_mark default values on conflict do nothing`;
      // The months that a copy is first moved through, so that nobody waits for them at the button.
      await tx`select make_partitions(current_date, (current_date + interval '14 months')::date)`;
      await tx.unsafe(`
        set local role ${APP_ROLE};
        create or replace function graphile_worker.let_fall() returns trigger language plpgsql as 'begin return null; end';
        create or replace trigger sandbox_takes_no_jobs before insert on graphile_worker._private_jobs
          for each row execute function graphile_worker.let_fall();`);
    }),
  );
}

async function withOwner<T>(url: string, work: (sql: postgres.Sql) => T | Promise<T>): Promise<Awaited<T>> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
