import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type ErrorDetails, type ErrorKind, isDomainError } from "@/server/kernel/errors";
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
  /** For malformed input: the path of each bad field and what is wrong with it. */
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
  if (isDomainError(error)) return { kind: error.kind, reason: error.reason, details: error.details };
  if (error instanceof ZodError) return invalidInput(error);
  return UNKNOWN;
}

function invalidInput(error: ZodError): Refusal {
  const fields = error.issues.map((issue) => [
    issue.path.join("."),
    issue.code === "custom" ? issue.message : issue.code,
  ]);
  return { kind: "invalid", reason: "input.invalid", details: {}, fields: Object.fromEntries(fields) };
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
