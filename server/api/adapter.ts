import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { type WebContext, webContext } from "@/server/auth/web-context";
import { env } from "@/server/env";
import { logger } from "@/server/platform/logger";
import { callTrace, refusalOf } from "./errors";
import { bodyRejection, crossSiteRejection, readBody, rejectionResponse } from "./request-guard";
import { appRouter } from "./root";

export const TRPC_PATH = "/api/trpc";
const MAX_BODY_BYTES = 256 * 1024;
const MAX_BATCH = 10;

/** tRPC over HTTP: JSON only, from our own pages, short, at most ten calls in one request. */
export async function handleTrpc(
  request: Request,
  createContext: (headers: Headers) => Promise<WebContext> = webContext,
): Promise<Response> {
  const rejection =
    crossSiteRejection(request.headers, env.UZEL_PUBLIC_URL) ??
    (request.method === "POST" ? bodyRejection(request.headers, ["application/json"], MAX_BODY_BYTES) : null);
  if (rejection) return rejectionResponse(rejection);
  const checked = request.method === "POST" ? await withShortBody(request) : request;
  if (checked instanceof Response) return checked;
  const response = await fetchRequestHandler({
    endpoint: TRPC_PATH,
    req: checked,
    router: appRouter,
    maxBatchSize: MAX_BATCH,
    createContext: () => createContext(checked.headers),
    onError: ({ error, path, ctx }) => {
      const refusal = refusalOf(error);
      if (refusal.kind !== "unknown" && refusal.kind !== "invariant") return;
      logger.error({ requestId: ctx?.requestId, path, error: callTrace(error) }, "a call failed");
    },
  });
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
}

async function withShortBody(request: Request): Promise<Request | Response> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (typeof body !== "string") return rejectionResponse(body);
  return new Request(request.url, { method: "POST", headers: request.headers, body, signal: request.signal });
}
