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

/** What a number of days of the terms may be, both ends in. */
export const SUSPENSION_BOUNDS = {
  minDays: [1, 366],
  maxDays: [1, 366],
  everyDays: [0, 366],
  yearlyQuotaDays: [0, 366],
  noticeDays: [0, 366],
  aheadDays: [0, 366],
} as const satisfies Record<string, readonly [number, number]>;

/**
 * What is charged once, for a thing that is no subscription: the kind of its charge, what it is called there and on documents, and
 * the ledger code that its net is credited to. Every kind ends in `_fee`, which a check of the table `charges` goes by.
 */
export const FEES = {
  promised_fee: {
    nameRu: "Плата за обещанный платёж",
    nameEn: "Fee for a promised payment",
    revenueCode: "revenue:promised",
  },
  suspension_fee: {
    nameRu: "Плата за приостановку",
    nameEn: "Fee for a suspension",
    revenueCode: "revenue:suspension",
  },
  change_fee: {
    nameRu: "Плата за смену тарифа",
    nameEn: "Fee for a change of tariff",
    revenueCode: "revenue:tariff-change",
  },
} as const;
export type FeeKind = keyof typeof FEES;
export const FEE_KINDS = Object.keys(FEES) as readonly FeeKind[];

/** Of a charge, and of what was given back of one: whether it is a fee and not a subscription's. */
export const isFee = (kind: string): kind is FeeKind => kind in FEES;

/** Why a fee is given back when what it was for never comes to be. */
export const FEE_RETURNED = "fee_returned";

export const END_REASONS = ["left", "moved", "debt", "replaced", "imported", "switched_off", "used_up"] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Codes a subscriber may get wrong in a window: enough for a slip of the finger, not for a search. */
export const WRONG_PROMO_CODES = { points: 10, windowMs: 15 * 60_000 } as const;

/** How long ago a subscription may have ended when that is written down: as far back as charging surely gives days back by itself. */
export const END_BACK_DAYS = 30;
