/** `temporary` is given by staff; `promised` is taken by the subscriber against a promise to pay. */
export const LIMIT_KINDS = ["temporary", "promised"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** How it ended: by its date, taken back by staff, or, of a promise, with the debt paid or not. */
export const LIMIT_OUTCOMES = ["ended", "withdrawn", "kept", "broken"] as const;
export type LimitOutcome = (typeof LIMIT_OUTCOMES)[number];

/** What a promise is sized by: what is missing, one period's fee, or what is missing up to a share of the fee earned by trust. */
export const PROMISE_SIZES = ["debt", "tariff", "formula"] as const;
export type PromiseSize = (typeof PROMISE_SIZES)[number];

/** Why there is no promised payment now, the first that holds. */
export const PROMISE_REFUSALS = [
  "disabled",
  "account_closed",
  "blocked",
  "in_force",
  "not_needed",
  "tariff_not_covered",
  "outside_window",
  "too_often",
  "payment_required",
  "debt_too_large",
  "too_small",
] as const;
export type PromiseRefusal = (typeof PROMISE_REFUSALS)[number];

/** Key in `settings`: what differs from the defaults of `PromisedPolicy`. */
export const PROMISED_SETTING = "credit.promised";

/** What whole numbers of the terms may be, both ends in. */
export const PROMISED_BOUNDS = {
  termDays: [1, 31],
  everyDays: [0, 366],
  monthDay: [1, 31],
  /** Hundredths of a percent of one period's fee. */
  shareBp: [0, 100_000],
} as const satisfies Record<string, readonly [number, number]>;

/** A limit for longer is a permanent one. */
export const MAX_LIMIT_DAYS = 366;
export const MAX_LIMIT_MINOR = 100_000_000_00n;
