import { type NextRequest, NextResponse } from "next/server";
import { ADDRESSED_ACCOUNT } from "@/server/auth/addressed-account";
import { env } from "@/server/env";

/**
 * Headers only: the content policy with a nonce of its own for every request, the fixed ones, and for layouts, which are
 * not told of the address, the account that it names.
 * Never a boundary: who may do what is decided by the verbs and the pages.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentPolicy(nonce);

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const account = request.nextUrl.searchParams.get("account");
  headers.delete(ADDRESSED_ACCOUNT);
  // A header holds no letter beyond Latin, and an address may hold anything.
  if (account !== null) headers.set(ADDRESSED_ACCOUNT, encodeURIComponent(account));

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of FIXED_HEADERS) response.headers.set(name, value);
  if (SECURE) response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

export const config = { matcher: "/((?!_next/static|_next/image).*)" };

const SECURE = env.UZEL_PUBLIC_URL.startsWith("https:");
/** React's development build reads server stacks through eval; production never does. */
const EVAL = env.NODE_ENV === "development" ? " 'unsafe-eval'" : "";

const FIXED_HEADERS: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"],
];

/** Styles stay open to attributes: the libraries of popups and charts place things by them; scripts need the nonce. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${EVAL}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(SECURE ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
