import { randomUUID } from "node:crypto";
import { clientAddress } from "@/server/auth/client-address";
import { webDatabase } from "@/server/auth/database";
import { requireTerminal, workTerminalRequest } from "@/server/domain/payments";
import { env } from "@/server/env";
import { dialectOf, readWords, writeAnswer } from "@/server/integrations/terminals/wire";
import { type Context, createContext } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { traceOf } from "@/server/platform/trace";
import { bodyRejection, readBody } from "./request-guard";

const MAX_BODY_BYTES = 4_096;

interface Door {
  /** How many proxies of ours stand in front: without one nobody can vouch for a certificate. */
  readonly trustedProxies: number;
  readonly context: (address: string) => Promise<Context>;
}

const door: Door = {
  trustedProxies: env.TRUSTED_PROXIES,
  context: async (address) => {
    const { db } = await webDatabase();
    const actor = { kind: "webhook", source: "terminal", address } as const;
    return createContext({ db, actor, zone: env.OPERATOR_ZONE, requestId: randomUUID() });
  },
};

/**
 * The door of payment systems and banks. Whoever is not let in is answered by HTTP alone: 403 from a strange address whatever it
 * shows, 401 for a wrong secret from the right one. Whoever is hears the protocol's own codes and words, with status 200, also
 * when we cannot: then the code is the one that has it ask again.
 */
export async function handleTerminal(
  request: Request,
  protocol: string,
  { trustedProxies, context }: Door = door,
): Promise<Response> {
  const dialect = dialectOf(protocol);
  if (!dialect) return closed(404);
  const address = clientAddress(request.headers, trustedProxies);
  if (address === null) return closed(403);
  const login = basicLogin(request.headers);
  if (!login) return closed(401);
  try {
    const ctx = await context(address);
    const certificate = trustedProxies > 0 ? vouchedCertificate(request.headers) : null;
    const terminal = await requireTerminal(ctx, { protocol: dialect.protocol, address, certificate, ...login });
    if (typeof terminal === "string") return closed(terminal === "wrong_secret" ? 401 : 403);
    const { type, body } = writeAnswer(
      dialect,
      await workTerminalRequest(ctx, terminal, readWords(dialect, await encodedOf(request))),
    );
    return new Response(body as BodyInit, { headers: { "content-type": type, "cache-control": "no-store" } });
  } catch (error) {
    // Who asks cannot be looked up now, and a stranger is told nothing of us.
    logger.error({ error: traceOf(error), protocol }, "a terminal was not answered");
    return closed(503);
  }
}

/** The query and, of a POST, the form: the protocols allow either. Null in place of a body that is no form, or too long. */
async function encodedOf(request: Request): Promise<(string | null)[]> {
  const query = new URL(request.url).search.slice(1);
  if (request.method !== "POST") return [query];
  if (bodyRejection(request.headers, ["application/x-www-form-urlencoded"], MAX_BODY_BYTES)) return [query, null];
  const body = await readBody(request, MAX_BODY_BYTES);
  return [query, typeof body === "string" ? body : null];
}

function basicLogin(headers: Headers): { login: string; secret: string } | null {
  const [, encoded] = /^basic ([a-z0-9+/=]{1,400})$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (!encoded) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const at = text.indexOf(":");
  if (at < 1 || text.includes("\u0000")) return null;
  return { login: text.slice(0, at), secret: text.slice(at + 1) };
}

/** The fingerprint of a certificate that our proxy has checked; it writes both headers over what the sender put there. */
function vouchedCertificate(headers: Headers): string | null {
  if (headers.get("x-ssl-client-verify") !== "SUCCESS") return null;
  return headers.get("x-ssl-client-fingerprint")?.replaceAll(":", "").toLowerCase() ?? null;
}

function closed(status: 401 | 403 | 404 | 503): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  if (status === 401) headers.set("www-authenticate", 'Basic realm="pay"');
  return new Response(null, { status, headers });
}
