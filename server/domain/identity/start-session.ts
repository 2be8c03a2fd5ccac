import { sessions } from "@/db/schema";
import { actorAddress, type Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import type { Role } from "@/server/platform/roles";
import { withTransaction } from "@/server/platform/transaction";
import { totpNeeded, wrongCredentials } from "./errors";
import { findLoginUser, type LoginUser, passwordMatches, requireTotp, sessionTimes, takeAttempt } from "./internal";
import { requirePermission } from "./require-permission";
import { identifierCandidates } from "./rules/identifier";
import { StartSessionInput } from "./schema";

export interface StartedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly role: Role;
}

/**
 * Signs a person in by phone, e-mail, contract or account number. Refuses with `session.wrong_credentials` (the same for
 * an unknown login, a wrong password and a disabled user, after the same work), `session.totp_needed`,
 * `session.wrong_totp`, or `session.too_many_attempts` with the minutes to wait: ten refusals in a quarter of an hour of one
 * login at one address, and wider limits of a login and of an address (`WRONG_PASSWORDS`). A right password gives its
 * attempt back.
 */
export async function startSession(ctx: Context, raw: StartSessionInput): Promise<StartedSession> {
  requirePermission(ctx, "session:start");
  const input = StartSessionInput.parse(raw);
  const candidates = identifierCandidates(input.identifier);
  const giveBack = await takeAttempt(ctx, candidates[0] ?? "", actorAddress(ctx.actor));
  const user = await findLoginUser(ctx, candidates);
  const matches = await passwordMatches(user?.passwordHash ?? null, input.password);
  if (!user || !matches || user.disabledAt) {
    await recordRefusal(ctx, user);
    throw wrongCredentials();
  }
  const totpPassed = await passTotp(ctx, user, input.code, giveBack);
  const sessionId = ctx.newId();
  const at = ctx.now();
  await withTransaction(ctx, async (tx) => {
    await tx.db.insert(sessions).values({
      id: sessionId,
      userId: user.id,
      roleVersion: user.roleVersion,
      startedAt: at,
      lastSeenAt: at,
      expiresAt: new Date(at.getTime() + sessionTimes(user.role).longestMs),
      totpPassedAt: totpPassed ? at : null,
      address: actorAddress(ctx.actor),
      userAgent: input.userAgent,
    });
    await record(tx, {
      audit: [
        { action: "session.start", entity: "session", entityId: sessionId, after: { userId: user.id, totpPassed } },
      ],
      events: [{ type: "user.signed_in", accountId: null, payload: { userId: user.id, sessionId } }],
    });
  });
  await giveBack();
  return { sessionId, userId: user.id, role: user.role };
}

/** False when the login has no second factor. A missing code costs no attempt, a wrong one does. */
async function passTotp(
  ctx: Context,
  user: LoginUser,
  code: string | undefined,
  giveBack: () => Promise<void>,
): Promise<boolean> {
  if (!user.totpConfirmedAt || !user.totpSecret) return false;
  if (!code) {
    await giveBack();
    throw totpNeeded();
  }
  await requireTotp(ctx, user.id, user.totpSecret, code);
  return true;
}

/** Written for an unknown login too, so that both take the same time and an attack leaves a trail. */
async function recordRefusal(ctx: Context, user: LoginUser | null): Promise<void> {
  await record(ctx, { audit: [{ action: "session.refuse", entity: "user", entityId: user?.id ?? "unknown" }] });
}
