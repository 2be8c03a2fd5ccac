import { z } from "zod";
import { DISCOUNT_SIZE, hasOneSize, MAX_FEE_MINOR } from "@/server/domain/catalog";
import { isDay } from "@/server/kernel/day";
import { EARLY_RETURNS, END_REASONS, SUSPENSION_BOUNDS } from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

export const CancelTariffChangeInput = z.object({ accountId: z.uuid(), subscriptionId: z.uuid() });
export type CancelTariffChangeInput = z.input<typeof CancelTariffChangeInput>;

export const StartSubscriptionInput = z.object({
  accountId: z.uuid(),
  tariffId: z.uuid(),
  startedOn: DayInput,
  /** Only for what has its end from the start: an imported past, a thing that is used up in a day. */
  endedOn: DayInput.nullable().default(null),
  /** First day of the first period that is ours to charge, when another system has charged the earlier ones. */
  billedFrom: DayInput.nullable().default(null),
  endReason: z.enum(END_REASONS).default("imported"),
  quantity: z.int().min(1).max(1000).default(1),
  personalFeeMinor: z.bigint().min(0n).max(MAX_FEE_MINOR).nullable().default(null),
});
export type StartSubscriptionInput = z.input<typeof StartSubscriptionInput>;

export const EndSubscriptionInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  endedOn: DayInput,
  reason: z.enum(END_REASONS),
});
export type EndSubscriptionInput = z.input<typeof EndSubscriptionInput>;

export const AgreePersonalPriceInput = z
  .object({
    accountId: z.uuid(),
    subscriptionId: z.uuid(),
    validFrom: DayInput,
    validTo: DayInput.nullable().default(null),
    feeMinor: z.bigint().min(0n).max(MAX_FEE_MINOR),
  })
  .refine((price) => price.validTo === null || price.validTo > price.validFrom, {
    error: "price.ends_before_it_starts",
    path: ["validTo"],
  });
export type AgreePersonalPriceInput = z.input<typeof AgreePersonalPriceInput>;

export const PlaceBlockInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid().nullable().default(null),
  reason: z.enum(["administrative", "voluntary"]),
  note: z.string().trim().max(500).nullable().default(null),
  /** Null or today = from now on. */
  fromOn: DayInput.nullable().default(null),
  /** The first day without it; null = until it is lifted. */
  untilOn: DayInput.nullable().default(null),
});
export type PlaceBlockInput = z.input<typeof PlaceBlockInput>;

export const LiftBlockInput = z.object({ accountId: z.uuid(), blockId: z.uuid() });
export type LiftBlockInput = z.input<typeof LiftBlockInput>;

export const BeginSuspensionInput = z.object({
  accountId: z.uuid(),
  fromOn: DayInput,
  /** The first day of service again. */
  untilOn: DayInput,
});
export type BeginSuspensionInput = z.input<typeof BeginSuspensionInput>;

export const EndSuspensionInput = z.object({ accountId: z.uuid(), suspensionId: z.uuid() });
export type EndSuspensionInput = z.input<typeof EndSuspensionInput>;

const within = ([min, max]: readonly [number, number]) => z.int().min(min).max(max);

/** The operator's terms of a voluntary suspension, every parameter of it (setting `subscriptions.suspension`). */
export const SuspensionPolicy = z
  .object({
    enabled: z.boolean().default(true),
    minDays: within(SUSPENSION_BOUNDS.minDays).default(7),
    maxDays: within(SUSPENSION_BOUNDS.maxDays).default(90),
    /** From the end of one to the beginning of the next. */
    everyDays: within(SUSPENSION_BOUNDS.everyDays).default(30),
    /** Days in one calendar year. */
    yearlyQuotaDays: within(SUSPENSION_BOUNDS.yearlyQuotaDays).default(120),
    /** Once for each, VAT inside; kopecks, as a number or a text of digits. */
    feeMinor: z.coerce.bigint().nonnegative().default(0n),
    /** Days between asking and beginning. */
    noticeDays: within(SUSPENSION_BOUNDS.noticeDays).default(0),
    /** How far ahead it may be planned. */
    aheadDays: within(SUSPENSION_BOUNDS.aheadDays).default(60),
    earlyReturn: z.enum(EARLY_RETURNS).default("any_day"),
  })
  .refine((policy) => policy.minDays <= policy.maxDays, { error: "suspension.min_above_max", path: ["minDays"] });
export type SuspensionPolicy = z.output<typeof SuspensionPolicy>;

/** The whole of the terms, and which ones were seen before: a parameter that is left out is its default. */
export const SetSuspensionPolicyInput = z.object({
  /** `mark` of what was read. */
  seen: z.string().max(64),
  policy: SuspensionPolicy.superRefine((policy, context) => {
    const complain = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (policy.feeMinor > MAX_FEE_MINOR) complain("feeMinor", "setting.sum_too_large");
    if (policy.yearlyQuotaDays < policy.minDays) complain("yearlyQuotaDays", "suspension.quota_below_min");
    if (policy.aheadDays < policy.noticeDays) complain("aheadDays", "suspension.ahead_below_notice");
  }),
});
export type SetSuspensionPolicyInput = z.input<typeof SetSuspensionPolicyInput>;

export const RedeemPromoCodeInput = z.object({
  accountId: z.uuid(),
  code: z.string().trim().min(1).max(64),
  /** One redemption for one key: a code that may be redeemed several times is not by a second press. */
  requestKey: z.uuid(),
});
export type RedeemPromoCodeInput = z.input<typeof RedeemPromoCodeInput>;

export const AgreeDiscountInput = z
  .object({
    accountId: z.uuid(),
    /** One discount for one key. */
    requestKey: z.uuid(),
    /** Null = every subscription of the account. */
    subscriptionId: z.uuid().nullable().default(null),
    /** Why, in words that the subscriber may read. */
    label: z.string().trim().min(1).max(120),
    ...DISCOUNT_SIZE,
    validFrom: DayInput,
    validTo: DayInput.nullable().default(null),
  })
  .refine(hasOneSize, { error: "discount.one_size" })
  .refine(({ amountMinor, subscriptionId }) => amountMinor === null || subscriptionId !== null, {
    error: "discount.sum_needs_subscription",
  })
  .refine((row) => row.validTo === null || row.validTo > row.validFrom, { error: "discount.ends_before_it_starts" });
export type AgreeDiscountInput = z.input<typeof AgreeDiscountInput>;

export const EndDiscountInput = z.object({ accountId: z.uuid(), discountId: z.uuid() });
export type EndDiscountInput = z.input<typeof EndDiscountInput>;

export const EndAddOnInput = z.object({ accountId: z.uuid(), subscriptionId: z.uuid() });
export type EndAddOnInput = z.input<typeof EndAddOnInput>;
