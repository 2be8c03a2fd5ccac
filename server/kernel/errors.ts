/**
 * The closed list of ways a verb may refuse. Transports map `kind` to their own code once;
 * screens hang their text on `reason`.
 *
 * `precondition`: the request is well formed but the state does not allow it.
 * `conflict`: the same key arrived with another body, or somebody else changed the row first.
 * `unavailable`: the outside world did not answer; nothing was lost, try again.
 * `invariant`: a broken promise of our own; the account is parked and an operator sees it.
 */
export const ERROR_KINDS = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "invalid",
  "precondition",
  "conflict",
  "rate_limited",
  "unavailable",
  "invariant",
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** Values that a message may show; never secrets or personal data. `field` names the input's field that is to blame. */
export type ErrorDetails = Record<string, string | number | boolean | null>;

/** The only error a verb throws on purpose. `reason` is stable: `payment.amount_too_small`. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  constructor(
    readonly kind: ErrorKind,
    readonly reason: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(`${kind}: ${reason}`, options);
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof DomainError;
}

/** Throws `invariant` when a promise of our own code does not hold. Not for input. */
export function assertInvariant(condition: unknown, reason: string, details?: ErrorDetails): asserts condition {
  if (!condition) throw new DomainError("invariant", reason, details);
}
