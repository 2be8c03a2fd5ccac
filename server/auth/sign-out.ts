import { endSession, readSession } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { COOKIE_OPTIONS, SESSION_COOKIE, sessionIdOf } from "./session-cookie";
import { visitorContext } from "./web-context";

/** Ends a session in its owner's name; one that ended already stays ended. */
export async function endIfAlive(ctx: Context, sessionId: string): Promise<void> {
  const session = await readSession(ctx, sessionId);
  if (session.state === "active") await endSession({ ...ctx, actor: session.actor }, { sessionId });
}

/** A relative address: behind a proxy the server does not know what it is called outside. */
export async function signOutResponse(headers: Headers): Promise<Response> {
  const sessionId = await sessionIdOf(headers);
  if (sessionId) await endIfAlive(await visitorContext(headers), sessionId);
  const { path, secure } = COOKIE_OPTIONS;
  const dropped = `${SESSION_COOKIE}=; Path=${path}; Max-Age=0; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
  return new Response(null, { status: 303, headers: { location: "/login", "set-cookie": dropped } });
}
