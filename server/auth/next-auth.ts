import type { NextAuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { authSecret } from "@/server/data-dir";
import { startSession } from "@/server/domain/identity";
import { isDomainError } from "@/server/kernel/errors";
import { logger } from "@/server/platform/logger";
import { COOKIE_MAX_AGE_S, COOKIE_OPTIONS, SECURE, SESSION_COOKIE, sessionIdOf } from "./session-cookie";
import { endIfAlive } from "./sign-out";
import { visitorContext } from "./web-context";

/**
 * next-auth signs the cookie, and that is all: it holds `{ sid }`, and the session row decides on every request. What
 * `/api/auth/session` tells a browser is when the cookie ends.
 */
export function authOptions(requestHeaders: Headers): NextAuthOptions {
  return {
    secret: authSecret(),
    session: { strategy: "jwt", maxAge: COOKIE_MAX_AGE_S },
    useSecureCookies: SECURE,
    cookies: { sessionToken: { name: SESSION_COOKIE, options: COOKIE_OPTIONS } },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    providers: [
      credentials({
        credentials: { identifier: {}, password: {}, code: {} },
        authorize: (typed) => signIn(requestHeaders, typed ?? {}),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: () => endReplaced(requestHeaders) },
    logger: {
      error: (code) => logger.error({ code }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}

type Typed = Partial<Record<"identifier" | "password" | "code", string>>;

/** next-auth shows the message of what is thrown here; ours is the reason, and the minutes to wait where there are any. */
async function signIn(requestHeaders: Headers, typed: Typed): Promise<{ id: string }> {
  try {
    const ctx = await visitorContext(requestHeaders);
    const { sessionId } = await startSession(ctx, {
      identifier: typed.identifier ?? "",
      password: typed.password ?? "",
      code: typed.code || undefined,
      userAgent: requestHeaders.get("user-agent")?.slice(0, 1000) ?? null,
    });
    await endReplaced(requestHeaders);
    return { id: sessionId };
  } catch (error) {
    if (!isDomainError(error)) {
      logger.error({ name: error instanceof Error ? error.name : typeof error }, "sign-in failed");
      throw new Error("unexpected");
    }
    const { minutes } = error.details;
    throw new Error(minutes === undefined ? error.reason : `${error.reason}:${minutes}`);
  }
}

/** The session that this browser's cookie names, which would be left behind alive and unreachable. */
async function endReplaced(requestHeaders: Headers): Promise<void> {
  const sessionId = await sessionIdOf(requestHeaders);
  if (sessionId) await endIfAlive(await visitorContext(requestHeaders), sessionId);
}
