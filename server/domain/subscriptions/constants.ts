/** `financial` is opened and closed by charging alone; the others by people. */
export const BLOCK_REASONS = ["financial", "administrative", "voluntary"] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

/** When the subscriber may come back before the end: at once, after the shortest time, or not at all. */
export const EARLY_RETURNS = ["any_day", "after_min_days", "no"] as const;
export type EarlyReturn = (typeof EARLY_RETURNS)[number];

/** Why a voluntary suspension is not to be had, the first that holds. */
export const SUSPENSION_REFUSALS = [
  "disabled",
  "no_service",
  "in_force",
  "too_soon",
  "too_far",
  "too_often",
  "too_short",
  "too_long",
  "quota_exceeded",
  "not_enough_money",
] as const;
export type SuspensionRefusal = (typeof SUSPENSION_REFUSALS)[number];

/** Key in `settings`: what differs from the defaults of `SuspensionPolicy`. */
export const SUSPENSION_SETTING = "subscriptions.suspension";

/** Ledger code that a suspension's fee is credited to. */
export const SUSPENSION_REVENUE = "revenue:suspension";

export const END_REASONS = ["left", "moved", "debt", "replaced", "imported", "switched_off", "used_up"] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Codes a subscriber may get wrong in a window: enough for a slip of the finger, not for a search. */
export const WRONG_PROMO_CODES = { points: 10, windowMs: 15 * 60_000 } as const;
