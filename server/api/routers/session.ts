import { z } from "zod";
import type { WebContext } from "@/server/auth/web-context";
import { beginTotp, confirmTotp, endOtherSessions, endSession, listSessions } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { protectedProcedure, router } from "../trpc";

export const sessionRouter = router({
  /** Who is asking; refused when nobody is signed in. */
  current: protectedProcedure("session:read").query(({ ctx }) => {
    const { actor, session } = ctx;
    if (actor.kind !== "user" || session.state !== "active") throw signInFirst();
    return { name: actor.name, role: actor.role, hasTotp: session.hasTotp };
  }),
  list: protectedProcedure("session:read").query(({ ctx }) => listSessions(ctx)),
  end: protectedProcedure("session:end")
    .input(z.object({ sessionId: z.uuid() }))
    .mutation(({ ctx, input }) => endSession(ctx, input)),
  endOthers: protectedProcedure("session:end").mutation(({ ctx }) => endOtherSessions(ctx)),
  beginTotp: protectedProcedure("session:set_up_totp").mutation(({ ctx }) =>
    beginTotp(ctx, { sessionId: ownSessionId(ctx) }),
  ),
  confirmTotp: protectedProcedure("session:set_up_totp")
    .input(z.object({ code: z.string().max(12) }))
    .mutation(({ ctx, input }) => confirmTotp(ctx, { ...input, sessionId: ownSessionId(ctx) })),
});

/** The session of this browser, also while it waits for its second factor. */
function ownSessionId({ actor, session }: WebContext): string {
  if (session.state === "needs_totp") return session.sessionId;
  if (actor.kind === "user" && actor.sessionId) return actor.sessionId;
  throw signInFirst();
}

const signInFirst = () => new DomainError("unauthenticated", "access.sign_in_first");
