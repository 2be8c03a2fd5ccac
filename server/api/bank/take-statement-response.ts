import { webContext } from "@/server/auth/web-context";
import { importStatement, MAX_UPLOAD_BYTES } from "@/server/domain/bank";
import { requirePermission } from "@/server/domain/identity";
import { env } from "@/server/env";
import { isDomainError } from "@/server/kernel/errors";
import { toJson } from "@/server/platform/record";
import { crossSiteRejection, readBytes, rejectionResponse } from "../request-guard";

const STATUS = { unauthenticated: 401, forbidden: 403 } as const;

/** A statement as a browser sends it, its bytes for a body; answers what became of it. Sums are the text of their kopecks. */
export async function takeStatementResponse(request: Request, contextOf = webContext): Promise<Response> {
  const rejection = crossSiteRejection(request.headers, env.UZEL_PUBLIC_URL);
  if (rejection) return rejectionResponse(rejection);
  const ctx = await contextOf(request.headers);
  try {
    // Before eight megabytes of anybody's are read.
    requirePermission(ctx, "bank:take");
    const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
    if (!Buffer.isBuffer(bytes)) return answer(413, { error: { reason: "bank.too_large", details: {} } });
    const name = new URL(request.url).searchParams.get("name")?.slice(0, 200) || "statement.txt";
    return answer(200, { report: await importStatement(ctx, ctx.ports.readStatement(name, bytes)) });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { kind, reason, details } = error;
    return answer(STATUS[kind as keyof typeof STATUS] ?? 400, { error: { reason, details } });
  }
}

function answer(status: number, body: unknown): Response {
  const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
  return new Response(toJson(body), { status, headers });
}
