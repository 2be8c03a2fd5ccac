import { initTRPC } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import superjson from "superjson";
import type { WebContext } from "@/server/auth/web-context";
import { type Permission, requirePermission } from "@/server/domain/identity";
import { DomainError } from "@/server/kernel/errors";
import { actorLabel } from "@/server/platform/context";
import { takePoint } from "@/server/platform/rate-limit";
import { refusalOf, toTrpcError } from "./errors";
import { isStorable } from "./request-guard";

interface Meta {
  /** The row of the policy table that this procedure stands under. */
  readonly permission: Permission;
}

/** Mutations of one person or address, each procedure counted on its own. */
const MUTATIONS = { points: 120, windowMs: 60_000 } as const;

// A stream is a promise made at its start; it ends each minute and is asked for anew, so a session that was revoked
// meanwhile is told so then.
const SSE = {
  ping: { enabled: true, intervalMs: 15_000 },
  client: { reconnectAfterInactivityMs: 40_000 },
  maxDurationMs: 60_000,
};

const t = initTRPC
  .context<WebContext>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    isDev: false,
    sse: SSE,
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = refusalOf(error);
      // A stream's own refusals come here as they were thrown: no middleware sees what happens after its start.
      const told = toTrpcError(error);
      return {
        ...shape,
        code: TRPC_ERROR_CODES_BY_KEY[told.code],
        message: refusal.reason,
        data: {
          code: told.code,
          httpStatus: getHTTPStatusCodeFromError(told),
          requestId: ctx?.requestId,
          ...refusal,
        },
      };
    },
  });

export const { router, mergeRouters, createCallerFactory } = t;

const inOurWords = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** The one door for what a call brings: text that no column can hold is refused before a verb reads it. */
const storable = t.middleware(async ({ getRawInput, next }) => {
  if (!isStorable(await getRawInput())) throw new DomainError("invalid", "input.malformed");
  return next();
});

const limited = t.middleware(async ({ ctx, path, type, next }) => {
  if (type !== "mutation") return next();
  const { actor } = ctx;
  const who = actor.kind === "anonymous" ? `address:${actor.address}` : actorLabel(actor);
  const answer = await takePoint(ctx, `call:${path}:${who}`, MUTATIONS);
  if (answer.taken) return next();
  const minutes = Math.max(1, Math.ceil(answer.retryAfterMs / 60_000));
  throw new DomainError("rate_limited", "api.too_many_calls", { minutes });
});

/**
 * The only way to make a procedure: it names its row of the policy table, and whoever the row does not allow is refused
 * before the input is looked at. The verb checks again, down to whose thing it is.
 */
export function protectedProcedure(permission: Permission) {
  return t.procedure
    .meta({ permission })
    .use(inOurWords)
    .use(({ ctx, next }) => {
      requirePermission(ctx, permission);
      return next();
    })
    .use(limited)
    .use(storable);
}
