import { createHmac } from "node:crypto";
import postgres from "postgres";

export const APP_ROLE = "uzel_app";
export const RADIUS_ROLE = "uzel_radius";
export type LoginRole = typeof APP_ROLE | typeof RADIUS_ROLE;

/** A connection or a transaction. */
type Statements = postgres.Sql | postgres.TransactionSql;

const LOWEST_VERSION = 150_000;
const OVERRIDE = { [APP_ROLE]: "DATABASE_APP_URL", [RADIUS_ROLE]: "DATABASE_RADIUS_URL" } as const;

/** One line: what the given server lacks and which variable mends it. */
export class RoleError extends Error {
  override readonly name = "RoleError";
}

/**
 * Password of a lesser role, derived from the owner's: machines that share an owner URL agree without sharing files,
 * and the lesser password tells nothing about the owner's. `roleKey` stands in when the URL has no password.
 */
export function rolePassword(ownerUrl: string, role: LoginRole, roleKey: string): string {
  const key = decodeURIComponent(new URL(ownerUrl).password) || roleKey;
  return createHmac("sha256", key).update(`uzel role ${role}`).digest("base64url");
}

export function withRole(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}

/**
 * Makes sure that the roles which the migrations grant rights to exist and that the given URLs may log in with them.
 * Safe to repeat and to run from several starters at once.
 * @throws RoleError when the server is older than PostgreSQL 15 or the owner may not make roles.
 */
export async function ensureRoles(urls: { owner: string; app: string; radius: string }): Promise<void> {
  const sql = postgres(urls.owner, { max: 1, onnotice: () => {} });
  try {
    await checkVersion(sql);
    await ensureRole(sql, APP_ROLE, urls.app);
    await ensureRole(sql, RADIUS_ROLE, urls.radius);
  } finally {
    await sql.end();
  }
}

async function checkVersion(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ number: string; text: string }[]>`
    select current_setting('server_version_num') as number, current_setting('server_version') as text`;
  if (Number(row?.number) < LOWEST_VERSION)
    throw new RoleError(`PostgreSQL 15 or newer is needed, this is ${row?.text}.`);
}

async function ensureRole(sql: postgres.Sql, role: LoginRole, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const login = decodeURIComponent(username);
  const words = decodeURIComponent(password);
  const others = login !== role;
  try {
    await sql.begin(async (tx) => {
      // Roles belong to the whole server, so the lock is taken in the one database that every starter can name.
      await tx`select pg_advisory_xact_lock(hashtext('uzel roles'))`;
      if (!(await exists(tx, role))) await tx.unsafe(createRole(role, others ? null : words));
      else if (!others && !(await canLogIn(url)))
        await tx.unsafe(`alter role ${role} login password ${literal(words)}`);
      if (others && !(await isMember(tx, login, role))) await tx`grant ${tx(role)} to ${tx(login)}`;
      await joinRole(tx, role);
      await allowConnecting(tx, role);
    });
  } catch (error) {
    await explain(error, role, url, sql);
  }
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

function createRole(role: LoginRole, password: string | null): string {
  const rights = "nosuperuser nocreatedb nocreaterole noreplication";
  return password === null
    ? `create role ${role} nologin ${rights}`
    : `create role ${role} login ${rights} password ${literal(password)}`;
}

async function exists(sql: Statements, role: string): Promise<boolean> {
  const [row] = await sql`select 1 from pg_roles where rolname = ${role}`;
  return row !== undefined;
}

/** An owner that is not a superuser must belong to the app role to hand it the queue's schema. */
async function joinRole(sql: Statements, role: LoginRole): Promise<void> {
  // From PostgreSQL 16 on the maker of a role administers it without being able to become it.
  const [row] = await sql<{ able: boolean }[]>`
    select pg_has_role(current_user, ${role},
      case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as able`;
  if (!row?.able) await sql.unsafe(`grant ${role} to current_user`);
}

async function isMember(sql: Statements, login: string, role: LoginRole): Promise<boolean> {
  const [row] = await sql<{ member: boolean }[]>`
    select pg_has_role(oid, ${role}, 'member') as member from pg_roles where rolname = ${login}`;
  return row?.member ?? false;
}

async function allowConnecting(sql: Statements, role: LoginRole): Promise<void> {
  const [row] = await sql<{ name: string; able: boolean }[]>`
    select current_database() as name, has_database_privilege(${role}, current_database(), 'connect') as able`;
  if (row && !row.able) await sql`grant connect on database ${sql(row.name)} to ${sql(role)}`;
}

async function canLogIn(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch (error) {
    // 28P01 wrong password, 28000 no such login; anything else is not about the password.
    return !["28P01", "28000"].includes((error as { code?: string }).code ?? "");
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function explain(error: unknown, role: LoginRole, url: string, sql: postgres.Sql): Promise<void> {
  const { code, message } = error as { code?: string; message?: string };
  // 42710, 23505 and XX000 "tuple concurrently updated": another starter made the same role just now.
  if (["42710", "23505", "XX000"].includes(code ?? "") && (await exists(sql, role))) return;
  if (code === "42501") {
    throw new RoleError(
      `The database owner may not make or use the role ${role} (${message}): give it CREATEROLE, or make the role yourself and set ${OVERRIDE[role]}.`,
    );
  }
  if (code === "3D000")
    throw new RoleError(`The database named by ${new URL(url).pathname.slice(1)} does not exist: create it first.`);
  throw error;
}
