/** `temporary` is given by staff; `promised` is taken by the subscriber against a promise to pay. */
export const LIMIT_KINDS = ["temporary", "promised"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** How it ended: by its date, taken back by staff, or, of a promise, with the debt paid or not. */
export const LIMIT_OUTCOMES = ["ended", "withdrawn", "kept", "broken"] as const;
export type LimitOutcome = (typeof LIMIT_OUTCOMES)[number];

/** A limit for longer is a permanent one. */
export const MAX_LIMIT_DAYS = 366;
export const MAX_LIMIT_MINOR = 100_000_000_00n;
