import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import { loginIdentifiers, users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import type { Role } from "@/server/platform/roles";
import { findLoginUser, toRole } from "./internal";
import { requirePermission } from "./require-permission";
import { identifierCandidates } from "./rules/identifier";

export interface ListedUser {
  readonly userId: string;
  readonly role: Role;
  readonly displayName: string;
  /** What the login answers to. */
  readonly logins: readonly string[];
  readonly hasTotp: boolean;
  readonly disabledAt: Date | null;
}

const LISTED = {
  userId: users.id,
  role: users.role,
  displayName: users.displayName,
  logins: sql<string[]>`array(
    select ${loginIdentifiers.value} from ${loginIdentifiers} where ${loginIdentifiers.userId} = ${users.id} order by 1)`,
  hasTotp: sql<boolean>`${users.totpConfirmedAt} is not null`,
  disabledAt: users.disabledAt,
};

/** The operator's own people; subscribers are found one by one. */
export async function listStaff(ctx: Context): Promise<ListedUser[]> {
  requirePermission(ctx, "user:read");
  const rows = await ctx.db
    .select(LISTED)
    .from(users)
    .where(ne(users.role, "subscriber"))
    .orderBy(asc(users.role), asc(users.displayName), asc(users.id));
  return rows.map((row) => ({ ...row, role: toRole(row.role) }));
}

/** Whoever signs in by this, as it would be typed into the sign-in field; null when nobody does. */
export async function findUser(ctx: Context, typed: string): Promise<ListedUser | null> {
  requirePermission(ctx, "user:read");
  const login = await findLoginUser(ctx, identifierCandidates(typed));
  if (!login) return null;
  const [row] = await ctx.db.select(LISTED).from(users).where(eq(users.id, login.id));
  return row ? { ...row, role: toRole(row.role) } : null;
}

/** Whether a customer may sign in at all. */
export async function hasLogin(ctx: Context, customerId: string): Promise<boolean> {
  requirePermission(ctx, "customer:read");
  const own = and(eq(users.customerId, customerId), eq(users.role, "subscriber"));
  return (await ctx.db.$count(users, own)) > 0;
}

/** Which of these are somebody's logins, as stored: what a demo's sign-in page offers. Not for a stranger's question. */
export async function listKnownLogins(ctx: Context, logins: readonly string[]): Promise<string[]> {
  requirePermission(ctx, "session:start");
  const rows = await ctx.db
    .select({ value: loginIdentifiers.value })
    .from(loginIdentifiers)
    .where(inArray(loginIdentifiers.value, [...logins]));
  return rows.map((row) => row.value);
}
