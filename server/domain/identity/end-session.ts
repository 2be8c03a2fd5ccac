import { and, eq, isNull, ne } from "drizzle-orm";
import { sessions } from "@/db/schema";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { withTransaction } from "@/server/platform/transaction";
import { sessionNotFound } from "./errors";
import { requirePermission } from "./require-permission";
import { SessionIdInput } from "./schema";

/** Signs the asker out of one of their own sessions; one that already ended stays ended. */
export async function endSession(ctx: Context, raw: SessionIdInput): Promise<void> {
  requirePermission(ctx, "session:end");
  const { sessionId } = SessionIdInput.parse(raw);
  const { userId } = requireUser(ctx);
  await withTransaction(ctx, async (tx) => {
    const own = and(eq(sessions.id, sessionId), eq(sessions.userId, userId));
    const [row] = await tx.db.select({ revokedAt: sessions.revokedAt }).from(sessions).where(own).for("update");
    if (!row) throw sessionNotFound();
    if (row.revokedAt) return;
    await tx.db.update(sessions).set({ revokedAt: tx.now() }).where(own);
    await recordEnd(tx, userId, [sessionId]);
  });
}

/** Signs the asker out everywhere but here. */
export async function endOtherSessions(ctx: Context): Promise<{ ended: number }> {
  requirePermission(ctx, "session:end");
  const { userId, sessionId } = requireUser(ctx);
  return withTransaction(ctx, async (tx) => {
    const ended = await tx.db
      .update(sessions)
      .set({ revokedAt: tx.now() })
      .where(
        and(
          eq(sessions.userId, userId),
          isNull(sessions.revokedAt),
          sessionId ? ne(sessions.id, sessionId) : undefined,
        ),
      )
      .returning({ id: sessions.id });
    await recordEnd(
      tx,
      userId,
      ended.map((one) => one.id),
    );
    return { ended: ended.length };
  });
}

function requireUser(ctx: Context) {
  if (ctx.actor.kind !== "user") throw sessionNotFound();
  return ctx.actor;
}

async function recordEnd(tx: Context, userId: string, sessionIds: readonly string[]): Promise<void> {
  await record(tx, {
    audit: sessionIds.map((id) => ({
      action: "session.end",
      entity: "session",
      entityId: id,
      before: { revokedAt: null },
      after: { revokedAt: tx.now() },
    })),
    events: sessionIds.map((sessionId) => ({
      type: "user.signed_out" as const,
      accountId: null,
      payload: { userId, sessionId },
    })),
  });
}
