import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { loginIdentifiers, sessions, settings, users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { dropLimits, givePointBack, takePoint } from "@/server/platform/rate-limit";
import { ROLES, type Role } from "@/server/platform/roles";
import { ARGON2, SESSION_TIMES, STAFF_TOTP_SETTING, TOTP, WRONG_PASSWORDS } from "./constants";
import { tooManyAttempts, wrongTotp } from "./errors";
import { PASSWORD_BYTES, passwordOf } from "./rules/password";
import { totpStep } from "./rules/totp";

// A hash of a password nobody has: an unknown login costs what a known one does.
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$jUwplZvk/kqcni7hvb14fQ$m8ww/XBBitiJiqZidDY5MesngZSIY9G1403/2lwdaEU";

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2);
}

/** Nobody's choice, so nobody's birthday. */
export const newPassword = () => passwordOf(randomBytes(PASSWORD_BYTES));

/** Whoever knew the old password is out, and what was tried in vain before it is forgotten. */
export async function setPassword(tx: Context, userId: string, passwordHash: string): Promise<void> {
  await tx.db.update(users).set({ passwordHash }).where(eq(users.id, userId));
  await endSessionsOf(tx, userId);
  const owned = await tx.db
    .select({ value: loginIdentifiers.value })
    .from(loginIdentifiers)
    .where(eq(loginIdentifiers.userId, userId));
  await dropLimits(
    tx,
    owned.map((one) => loginKey(one.value)),
  );
}

export async function endSessionsOf(tx: Context, userId: string): Promise<void> {
  const live = and(eq(sessions.userId, userId), isNull(sessions.revokedAt));
  await tx.db.update(sessions).set({ revokedAt: tx.now() }).where(live);
}

/** Does the same work whether the login exists or not. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, password);
  return matches && passwordHash !== null;
}

export interface LoginUser {
  readonly id: string;
  readonly role: Role;
  readonly roleVersion: number;
  readonly passwordHash: string;
  readonly totpSecret: string | null;
  readonly totpConfirmedAt: Date | null;
  readonly disabledAt: Date | null;
}

/** The user of the likeliest candidate that is anybody's. */
export async function findLoginUser(ctx: Context, candidates: readonly string[]): Promise<LoginUser | null> {
  if (candidates.length === 0) return null;
  const rows = await ctx.db
    .select({
      value: loginIdentifiers.value,
      id: users.id,
      role: users.role,
      roleVersion: users.roleVersion,
      passwordHash: users.passwordHash,
      totpSecret: users.totpSecret,
      totpConfirmedAt: users.totpConfirmedAt,
      disabledAt: users.disabledAt,
    })
    .from(loginIdentifiers)
    .innerJoin(users, eq(users.id, loginIdentifiers.userId))
    .where(inArray(loginIdentifiers.value, [...candidates]));
  const found = candidates.map((value) => rows.find((row) => row.value === value)).find(Boolean);
  return found ? { ...found, role: toRole(found.role) } : null;
}

/** A session with its user and what decides on it, in one question. */
export async function findSessionRow(ctx: Context, sessionId: string) {
  const [row] = await ctx.db
    .select({
      id: sessions.id,
      userId: users.id,
      role: users.role,
      displayName: users.displayName,
      customerId: users.customerId,
      locale: users.locale,
      roleVersion: sessions.roleVersion,
      userRoleVersion: users.roleVersion,
      lastSeenAt: sessions.lastSeenAt,
      expiresAt: sessions.expiresAt,
      revokedAt: sessions.revokedAt,
      userDisabledAt: users.disabledAt,
      totpPassedAt: sessions.totpPassedAt,
      totpSecret: users.totpSecret,
      totpConfirmedAt: users.totpConfirmedAt,
      staffTotp: sql<boolean>`coalesce((select ${settings.value} from ${settings} where ${settings.key} = ${STAFF_TOTP_SETTING}) = 'true'::jsonb, false)`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(eq(sessions.id, sessionId));
  return row ? { ...row, role: toRole(row.role) } : null;
}

export function toRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (!role) throw new Error(`unknown role in the database: ${text}`);
  return role;
}

export function sessionTimes(role: Role): { readonly idleMs: number; readonly longestMs: number } {
  return role === "subscriber" ? SESSION_TIMES.subscriber : SESSION_TIMES.staff;
}

/**
 * Takes the attempt before the password is looked at, so that a hundred at once get no more than ten looks. The counters
 * are written outside any transaction: a refusal must not roll them back. They are asked from the narrowest to the widest
 * and no further than the first that refuses: whoever has used up their own ten does not go on using up everybody else's.
 * Returns how to give the attempt back.
 */
export async function takeAttempt(
  ctx: Context,
  identifier: string,
  address: string | null,
): Promise<() => Promise<void>> {
  const login = loginKey(identifier);
  const counters = [
    { key: `${login}:${address ?? "nowhere"}`, limit: WRONG_PASSWORDS.loginAtAddress },
    { key: login, limit: WRONG_PASSWORDS.login },
    ...(address ? [{ key: `signin:address:${address}`, limit: WRONG_PASSWORDS.address }] : []),
  ];
  for (const { key, limit } of counters) {
    const answer = await takePoint(ctx, key, limit);
    if (!answer.taken) throw tooManyAttempts(answer.retryAfterMs);
  }
  return async () => {
    await Promise.all(counters.map(({ key }) => givePointBack(ctx, key)));
  };
}

const loginKey = (identifier: string) => `signin:login:${digest(identifier)}`;

/** Accepts a code once: the step it belongs to is remembered for as long as it could be repeated. */
export async function requireTotp(ctx: Context, userId: string, secret: string, code: string): Promise<void> {
  const step = totpStep(secret, code, ctx.now().getTime());
  if (step === null) throw wrongTotp();
  const windowMs = TOTP.periodSeconds * 1000 * (2 * TOTP.driftSteps + 2);
  const first = await takePoint(ctx, `totp:${userId}:${step}`, { points: 1, windowMs });
  if (!first.taken) throw wrongTotp();
}

/** Counters are kept by digest: a phone number does not belong in a table of limits. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
