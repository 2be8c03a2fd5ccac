import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { TOTP } from "./constants";
import { sessionNotFound, totpAlreadySet, totpNotBegun } from "./errors";
import { findSessionRow, requireTotp, sessionTimes, takeAttempt } from "./internal";
import { requirePermission } from "./require-permission";
import { sessionState } from "./rules/session-state";
import { totpLink, totpSecretOf } from "./rules/totp";
import { ConfirmTotpInput, SessionIdInput } from "./schema";

export interface TotpOffer {
  /** Base32, typed into an authenticator app. */
  readonly secret: string;
  /** `otpauth://` link that opens the app on the same phone. */
  readonly link: string;
}

/**
 * Offers a staff member a second factor, on a live session or on one that waits for it. Asking again while nothing is
 * confirmed shows the same secret, so a reloaded page does not break what was just typed. Refuses with
 * `totp.already_set`.
 */
export async function beginTotp(ctx: Context, raw: SessionIdInput): Promise<TotpOffer> {
  requirePermission(ctx, "session:set_up_totp");
  const { sessionId } = SessionIdInput.parse(raw);
  return withTransaction(ctx, async (tx) => {
    const row = await requireStaffSession(tx, sessionId);
    if (row.totpConfirmedAt) throw totpAlreadySet();
    if (row.totpSecret) return offerOf(row.totpSecret, row.displayName);
    const secret = totpSecretOf(randomBytes(TOTP.secretBytes));
    await tx.db.update(users).set({ totpSecret: secret }).where(eq(users.id, row.userId));
    await record(tx, { audit: [{ action: "totp.begin", entity: "user", entityId: row.userId }] });
    return offerOf(secret, row.displayName);
  });
}

/**
 * Turns the second factor on by its first code; from then on every sign-in asks for one. This session has passed it.
 * Refuses with `session.wrong_totp`, `totp.not_begun`, `totp.already_set`.
 */
export async function confirmTotp(ctx: Context, raw: ConfirmTotpInput): Promise<void> {
  requirePermission(ctx, "session:set_up_totp");
  const { sessionId, code } = ConfirmTotpInput.parse(raw);
  const row = await requireStaffSession(ctx, sessionId);
  if (row.totpConfirmedAt) throw totpAlreadySet();
  if (!row.totpSecret) throw totpNotBegun();
  const giveBack = await takeAttempt(ctx, `totp:${row.userId}`, null);
  await requireTotp(ctx, row.userId, row.totpSecret, code);
  await withTransaction(ctx, async (tx) => {
    const at = tx.now();
    await tx.db.update(users).set({ totpConfirmedAt: at }).where(eq(users.id, row.userId));
    await tx.db.update(sessions).set({ totpPassedAt: at }).where(eq(sessions.id, sessionId));
    await record(tx, {
      audit: [{ action: "totp.confirm", entity: "user", entityId: row.userId, after: { totpConfirmedAt: at } }],
    });
  });
  await giveBack();
}

async function requireStaffSession(ctx: Context, sessionId: string) {
  const row = await findSessionRow(ctx, sessionId);
  if (!row || row.role === "subscriber") throw sessionNotFound();
  const facts = { ...row, totpRequired: row.totpConfirmedAt !== null || row.staffTotp };
  const state = sessionState(facts, ctx.now().getTime(), sessionTimes(row.role).idleMs);
  if (state !== "active" && state !== "needs_totp") throw sessionNotFound();
  return row;
}

function offerOf(secret: string, label: string): TotpOffer {
  return { secret, link: totpLink(secret, label) };
}
