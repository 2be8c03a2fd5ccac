/** What the row of a session and its user say about one request. */
export interface SessionFacts {
  readonly role: string;
  readonly roleVersion: number;
  readonly userRoleVersion: number;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly userDisabledAt: Date | null;
  readonly totpPassedAt: Date | null;
  /** The user has a second factor, or the operator demands one of staff. */
  readonly totpRequired: boolean;
}

export type SessionState = "active" | "needs_totp" | "revoked" | "expired" | "role_changed" | "disabled";

/**
 * Whether a session may act now. Whatever ended it wins over whatever it still lacks: a revoked session is not asked
 * for a code.
 */
export function sessionState(facts: SessionFacts, nowMs: number, idleMs: number): SessionState {
  if (facts.revokedAt) return "revoked";
  if (facts.userDisabledAt) return "disabled";
  if (facts.roleVersion !== facts.userRoleVersion) return "role_changed";
  if (nowMs >= facts.expiresAt.getTime() || nowMs - facts.lastSeenAt.getTime() >= idleMs) return "expired";
  if (facts.totpRequired && !facts.totpPassedAt) return "needs_totp";
  return "active";
}
