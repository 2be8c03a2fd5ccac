import { DomainError } from "@/server/kernel/errors";

/** One answer for an unknown login, a wrong password and a disabled user: which it was is nobody's business. */
export const wrongCredentials = () => new DomainError("unauthenticated", "session.wrong_credentials");

export const tooManyAttempts = (retryAfterMs: number) =>
  new DomainError("rate_limited", "session.too_many_attempts", {
    minutes: Math.max(1, Math.ceil(retryAfterMs / 60_000)),
  });

/** The password was right; the second factor is asked for next. */
export const totpNeeded = () => new DomainError("unauthenticated", "session.totp_needed");

export const wrongTotp = () => new DomainError("unauthenticated", "session.wrong_totp");

export const sessionNotFound = () => new DomainError("not_found", "session.not_found");

export const totpAlreadySet = () => new DomainError("precondition", "totp.already_set");

export const totpNotBegun = () => new DomainError("precondition", "totp.not_begun");

export const identifierTaken = (kind: string) => new DomainError("conflict", "user.identifier_taken", { kind });

export const identifierMalformed = (kind: string) => new DomainError("invalid", "user.identifier_malformed", { kind });

export const userNotFound = () => new DomainError("not_found", "user.not_found");

export const loginDisabled = () => new DomainError("precondition", "user.disabled");

export const customerNotFound = () => new DomainError("not_found", "customer.not_found");
