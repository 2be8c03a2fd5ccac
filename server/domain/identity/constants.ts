/** What a sign-in identifier may be. */
export const IDENTIFIER_KINDS = ["phone", "email", "contract", "account"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A session nobody uses ends after `idleMs`; no session outlives `longestMs`. */
export const SESSION_TIMES = {
  staff: { idleMs: 30 * MINUTE_MS, longestMs: 12 * HOUR_MS },
  subscriber: { idleMs: 30 * DAY_MS, longestMs: 180 * DAY_MS },
} as const;

/** `lastSeenAt` is written at most this often: a page of ten requests is one write. */
export const TOUCH_EVERY_MS = MINUTE_MS;

/**
 * Wrong passwords and wrong codes allowed in a window: by one login from one address, by one login from everywhere, and by
 * everybody at one address. The last is wide, because a whole office or house may stand behind an address.
 */
export const WRONG_PASSWORDS = {
  loginAtAddress: { points: 10, windowMs: 15 * MINUTE_MS },
  login: { points: 50, windowMs: 15 * MINUTE_MS },
  address: { points: 100, windowMs: 15 * MINUTE_MS },
} as const;

/** `true` in the `settings` table: staff without a second factor may do nothing but set one up. */
export const STAFF_TOTP_SETTING = "identity.staff_totp";

/** RFC 6238: a code lives 30 s, and one step to either side is forgiven for clocks that drift. */
export const TOTP = { issuer: "Uzel", digits: 6, periodSeconds: 30, driftSteps: 1, secretBytes: 20 } as const;

/** OWASP's argon2id floor: 19 MiB, two passes, one lane. `algorithm` 2 is the library's number for argon2id. */
export const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
