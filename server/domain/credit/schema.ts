import { z } from "zod";
import { isDay } from "@/server/kernel/day";
import { MAX_LIMIT_MINOR, PROMISE_SIZES, PROMISED_BOUNDS } from "./constants";

const DayInput = z.string().refine(isDay, { error: "day.malformed" });

export const OpenLimitInput = z.object({
  accountId: z.uuid(),
  /** The limit's id to be: the same key is the same limit, however often it is sent. */
  requestKey: z.uuid(),
  amountMinor: z
    .bigint()
    .positive({ error: "limit.not_positive" })
    .max(MAX_LIMIT_MINOR, { error: "limit.amount_too_large" }),
  /** Null or today = from now on. */
  fromOn: DayInput.nullable().default(null),
  /** Not in force any more on this day. */
  untilOn: DayInput,
  note: z.string().trim().max(500).nullable().default(null),
});
export type OpenLimitInput = z.input<typeof OpenLimitInput>;

export const CloseLimitInput = z.object({ accountId: z.uuid(), limitId: z.uuid() });
export type CloseLimitInput = z.input<typeof CloseLimitInput>;

export const StartPromiseInput = z.object({
  accountId: z.uuid(),
  /** The subscriber has read the terms and agrees. */
  consent: z.boolean().default(false),
});
export type StartPromiseInput = z.input<typeof StartPromiseInput>;

/** Sums in a setting are kopecks, as a number or as a text of digits: JSON has no other form for them. */
const MinorSetting = z.coerce.bigint().nonnegative();
const within = ([min, max]: readonly [number, number]) => z.int().min(min).max(max);
const ShareBp = within(PROMISED_BOUNDS.shareBp);

/** What trust is made of, in hundredths of a percent of one period's fee. */
export const TrustFormula = z.object({
  baseBp: ShareBp.default(100_00),
  perYearBp: ShareBp.default(25_00),
  /** For each of the last twelve months in which something was paid. */
  perPaidMonthBp: ShareBp.default(5_00),
  perKeptBp: ShareBp.default(10_00),
  /** Taken away for each promise that was not kept. */
  perBrokenBp: ShareBp.default(50_00),
  maxBp: ShareBp.default(300_00),
});
export type TrustFormula = z.output<typeof TrustFormula>;

/** The operator's terms of a promised payment, every parameter of it (setting `credit.promised`). */
export const PromisedPolicy = z.object({
  enabled: z.boolean().default(true),
  termDays: within(PROMISED_BOUNDS.termDays).default(3),
  /** From the start of one promise to the start of the next. */
  everyDays: within(PROMISED_BOUNDS.everyDays).default(30),
  feeMinor: MinorSetting.default(0n),
  size: z.enum(PROMISE_SIZES).default("formula"),
  /** The most that may be owed against a promise. */
  debtCapMinor: MinorSetting.default(3_000_00n),
  /** Codes of tariffs whose holders may promise; null = every one. */
  tariffCodes: z.array(z.string()).nullable().default(null),
  /** Days of the month it is given on, both in; from the 25th to the 5th is a window too. */
  monthDayFrom: within(PROMISED_BOUNDS.monthDay).default(1),
  monthDayTo: within(PROMISED_BOUNDS.monthDay).default(31),
  /** A real payment has to come between two promises. */
  paymentBetween: z.boolean().default(true),
  consentRequired: z.boolean().default(true),
  /** Offered by itself on the day the money ends. */
  automaticOffer: z.boolean().default(true),
  formula: TrustFormula.prefault({}),
});
export type PromisedPolicy = z.output<typeof PromisedPolicy>;

/** The whole of the terms, and which ones were seen before: a parameter that is left out is its default. */
export const SetPromisedPolicyInput = z.object({
  /** `mark` of what was read. */
  seen: z.string().max(64),
  policy: PromisedPolicy.superRefine((policy, context) => {
    const complain = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    for (const sum of ["feeMinor", "debtCapMinor"] as const) {
      if (policy[sum] > MAX_LIMIT_MINOR) complain([sum], "setting.sum_too_large");
    }
    // The promise covers its fee: nothing would be left under the cap for what is missing.
    if (policy.feeMinor >= policy.debtCapMinor) complain(["feeMinor"], "promise.fee_above_cap");
    if (policy.tariffCodes?.length === 0) complain(["tariffCodes"], "promise.no_tariffs");
    if (policy.size === "formula" && policy.formula.baseBp > policy.formula.maxBp) {
      complain(["formula", "maxBp"], "promise.most_below_base");
    }
  }),
});
export type SetPromisedPolicyInput = z.input<typeof SetPromisedPolicyInput>;
