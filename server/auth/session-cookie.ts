import { decode } from "next-auth/jwt";
import { authSecret } from "@/server/data-dir";
import { env } from "@/server/env";

export const SECURE = env.UZEL_PUBLIC_URL.startsWith("https:");

/** With `__Host-` a browser takes the cookie over https from this very host only, for its whole path. */
export const SESSION_COOKIE = SECURE ? "__Host-uzel.session" : "uzel.session";

/** As long as the longest session; the session row ends far earlier than the cookie. */
export const COOKIE_MAX_AGE_S = 180 * 24 * 60 * 60;

/** Strict would lose the session on the way back from the payment page. */
export const COOKIE_OPTIONS = { httpOnly: true, sameSite: "lax", path: "/", secure: SECURE } as const;

/** The session id in a request's cookie; null when there is none or we did not write it. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const token = cookieOf(headers, SESSION_COOKIE);
  if (!token) return null;
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  return typeof claims?.sid === "string" ? claims.sid : null;
}

export function cookieOf(headers: Headers, name: string): string | null {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return null;
}
