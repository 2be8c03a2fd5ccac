import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type DomainError, type ErrorDetails, type ErrorKind, isDomainError } from "@/server/kernel/errors";
import { traceOf } from "@/server/platform/trace";

type TrpcCode = TRPCError["code"];

const CODES: Record<ErrorKind, TrpcCode> = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  invalid: "BAD_REQUEST",
  precondition: "PRECONDITION_FAILED",
  conflict: "CONFLICT",
  rate_limited: "TOO_MANY_REQUESTS",
  unavailable: "SERVICE_UNAVAILABLE",
  invariant: "INTERNAL_SERVER_ERROR",
};

/** What a client is told of a refusal; screens hang their words on `reason`, then on `kind`. */
export interface Refusal {
  readonly kind: ErrorKind | "unknown";
  readonly reason: string;
  readonly details: ErrorDetails;
  /** The path of each field that the refusal is about, and what is wrong with it: a name of ours, else zod's code. */
  readonly fields?: Readonly<Record<string, string>>;
}

const UNKNOWN: Refusal = { kind: "unknown", reason: "unexpected", details: {} };

/** tRPC's own refusals (a path that is not there, a malformed body), in the words of ours. */
const OWN: Partial<Record<TrpcCode, Refusal>> = {
  NOT_FOUND: { kind: "not_found", reason: "procedure.not_found", details: {} },
  BAD_REQUEST: { kind: "invalid", reason: "input.malformed", details: {} },
  PARSE_ERROR: { kind: "invalid", reason: "input.malformed", details: {} },
  METHOD_NOT_SUPPORTED: { kind: "invalid", reason: "method.not_supported", details: {} },
  UNSUPPORTED_MEDIA_TYPE: { kind: "invalid", reason: "media_type.not_supported", details: {} },
};

/** Never the message of an error we did not throw on purpose: it may hold a query with a person's phone in it. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof TRPCError) {
    return error.cause && error.cause.name !== "SyntaxError" ? refusalOf(error.cause) : (OWN[error.code] ?? UNKNOWN);
  }
  if (isDomainError(error)) return verbRefusal(error);
  if (error instanceof ZodError) return invalidInput(error);
  return UNKNOWN;
}

/** A verb that knows which field is to blame says so in `details.field`. */
function verbRefusal({ kind, reason, details }: DomainError): Refusal {
  const { field } = details;
  return { kind, reason, details, ...(typeof field === "string" && { fields: { [field]: reason } }) };
}

/** `correction.not_positive`: what a schema calls it, in whichever of zod's checks. Zod's own sentences never look so. */
const NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;

function invalidInput(error: ZodError): Refusal {
  const fields: Record<string, string> = {};
  for (const { path, code, message } of error.issues) {
    // The first check that failed says most: zod goes on to the later ones.
    fields[path.join(".")] ??= NAME.test(message) || code === "custom" ? message : code;
  }
  return { kind: "invalid", reason: "input.invalid", details: {}, fields };
}

/** The same error in the transport's own form, so that its HTTP status is right. */
export function toTrpcError(error: TRPCError): TRPCError {
  const { cause } = error;
  if (isDomainError(cause)) return new TRPCError({ code: CODES[cause.kind], cause });
  if (cause instanceof ZodError) return new TRPCError({ code: "BAD_REQUEST", cause });
  return error;
}

/** What may be written to a log of a failed call. */
export function callTrace(error: unknown): Record<string, unknown> {
  return traceOf(error instanceof TRPCError ? (error.cause ?? error) : error);
}
