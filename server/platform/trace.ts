import { isDomainError } from "@/server/kernel/errors";
import { sqlState } from "./transaction";

/**
 * What may be written to a log of an error: its kind, its state and where, never its message or its parameters. The
 * message of a failed query holds every value that was sent with it: phones, sums, network secrets.
 */
export function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  return {
    name: error.name,
    reason: isDomainError(error) ? error.reason : undefined,
    sqlState: sqlState(error) || undefined,
    at: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
  };
}

/** The same error for somebody else's log or table: our own reason, else its name and SQLSTATE. */
export function withoutParameters(error: unknown): Error {
  const { name, reason, sqlState: state } = traceOf(error);
  return new Error(String(reason ?? [name, state].filter(Boolean).join(" ")));
}
