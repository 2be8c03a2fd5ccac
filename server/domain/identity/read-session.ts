import { and, desc, eq, gt, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import { sessions } from "@/db/schema";
import type { Actor, Context } from "@/server/platform/context";
import { TOUCH_EVERY_MS } from "./constants";
import { findSessionRow, sessionTimes } from "./internal";
import { requirePermission } from "./require-permission";
import { sessionState } from "./rules/session-state";

export type UserActor = Extract<Actor, { kind: "user" }>;

export type SessionReading =
  | { readonly state: "active"; readonly actor: UserActor; readonly locale: string; readonly hasTotp: boolean }
  /** Signed in by password; may do nothing until a second factor is set up. */
  | { readonly state: "needs_totp"; readonly sessionId: string }
  /** `ended`: it was there once, and the person deserves to be told. */
  | { readonly state: "none" | "ended" };

/**
 * Who this session is, decided by its row on every request: revoked, idle for too long, of an older role, of a disabled
 * user, or without the second factor. Marks the session seen, at most once a minute.
 */
export async function readSession(ctx: Context, sessionId: string): Promise<SessionReading> {
  if (!z.uuid().safeParse(sessionId).success) return { state: "none" };
  const row = await findSessionRow(ctx, sessionId);
  if (!row) return { state: "none" };
  const nowMs = ctx.now().getTime();
  const hasTotp = row.totpConfirmedAt !== null;
  const totpRequired = hasTotp || (row.staffTotp && row.role !== "subscriber");
  const state = sessionState({ ...row, totpRequired }, nowMs, sessionTimes(row.role).idleMs);
  // A factor confirmed elsewhere in the meantime cannot be set up again here: this session signs in anew.
  if (state === "needs_totp" && !hasTotp) return { state, sessionId };
  if (state !== "active") return { state: "ended" };
  if (nowMs - row.lastSeenAt.getTime() >= TOUCH_EVERY_MS) await touch(ctx, sessionId);
  return {
    state,
    hasTotp,
    locale: row.locale,
    actor: {
      kind: "user",
      userId: row.userId,
      role: row.role,
      name: row.displayName,
      customerId: row.customerId,
      sessionId,
      address: ctx.actor.kind === "anonymous" ? ctx.actor.address : null,
    },
  };
}

async function touch(ctx: Context, sessionId: string): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, now)));
}

export interface SessionSummary {
  readonly id: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** The session this question was asked from. */
  readonly isThis: boolean;
}

/** The asker's own live sessions, the latest used first. */
export async function listSessions(ctx: Context): Promise<SessionSummary[]> {
  requirePermission(ctx, "session:read");
  if (ctx.actor.kind !== "user") return [];
  const { userId, sessionId, role } = ctx.actor;
  const now = ctx.now();
  const rows = await ctx.db
    .select({
      id: sessions.id,
      startedAt: sessions.startedAt,
      lastSeenAt: sessions.lastSeenAt,
      address: sessions.address,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        gt(sessions.lastSeenAt, new Date(now.getTime() - sessionTimes(role).idleMs)),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt))
    .limit(100);
  return rows.map((row) => ({ ...row, isThis: row.id === sessionId }));
}
