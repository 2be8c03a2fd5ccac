import { addDays, type Day, daysBetween, earlierDay, laterDay, toDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { SuspensionRefusal } from "../constants";
import type { SuspensionPolicy } from "../schema";

/** Days of a suspension, half-open: the service is on again on `until`. */
export interface SuspendedDays {
  readonly from: Day;
  readonly until: Day;
}

export interface SuspensionFacts {
  readonly today: Day;
  /** Something is connected that could be suspended. */
  readonly hasService: boolean;
  /** One that runs or is planned. */
  readonly inForce: boolean;
  /** Those that are over, as long as they lasted. */
  readonly past: readonly SuspendedDays[];
  /** Balance and limits: the fee has to fit. */
  readonly availableMinor: Minor;
}

export type SuspensionAnswer =
  | { readonly kind: "allowed"; readonly days: number }
  | {
      readonly kind: "refusal";
      readonly reason: SuspensionRefusal;
      /** `too_soon`, `too_often`: the first day it may begin on; `too_far`: the last. */
      readonly on: Day | null;
      /** `too_short`, `too_long`: the bound; `quota_exceeded`: what is left of the year. */
      readonly days: number | null;
      /** `not_enough_money`: what is missing for the fee. */
      readonly amountMinor: Minor | null;
    };

/** What may be asked for today, for the form that asks. */
export interface SuspensionTerms {
  readonly earliestOn: Day;
  readonly latestOn: Day;
  /** Of the calendar year of `earliestOn`. */
  readonly quotaLeftDays: number;
}

export function suspensionTerms({ today, past }: SuspensionFacts, policy: SuspensionPolicy): SuspensionTerms {
  const notice = addDays(today, policy.noticeDays);
  const rested = past.reduce((day, one) => laterDay(day, addDays(one.until, policy.everyDays)), today);
  const earliestOn = laterDay(notice, rested);
  return {
    earliestOn,
    latestOn: laterDay(addDays(today, policy.aheadDays), earliestOn),
    quotaLeftDays: quotaLeft(Number(earliestOn.slice(0, 4)), past, policy),
  };
}

/**
 * Whether the subscriber may pause for these days, or the first reason why not (domain.md §2, voluntary suspension
 * parameters). The yearly quota is asked of every calendar year that the days fall in.
 */
export function suspensionAnswer(
  wanted: SuspendedDays,
  facts: SuspensionFacts,
  policy: SuspensionPolicy,
): SuspensionAnswer {
  if (!policy.enabled) return refusal("disabled");
  if (!facts.hasService) return refusal("no_service");
  if (facts.inForce) return refusal("in_force");
  const { earliestOn, latestOn } = suspensionTerms(facts, policy);
  const notice = addDays(facts.today, policy.noticeDays);
  if (wanted.from < notice) return refusal("too_soon", { on: earliestOn });
  if (wanted.from < earliestOn) return refusal("too_often", { on: earliestOn });
  if (wanted.from > latestOn) return refusal("too_far", { on: latestOn });
  const days = daysBetween(wanted.from, wanted.until);
  if (days < policy.minDays) return refusal("too_short", { days: policy.minDays });
  if (days > policy.maxDays) return refusal("too_long", { days: policy.maxDays });
  for (let year = Number(wanted.from.slice(0, 4)); year <= Number(wanted.until.slice(0, 4)); year += 1) {
    const left = quotaLeft(year, facts.past, policy);
    if (daysOfYear(wanted, year) > left) return refusal("quota_exceeded", { days: left });
  }
  if (policy.feeMinor > 0n && facts.availableMinor < policy.feeMinor) {
    return refusal("not_enough_money", { amountMinor: policy.feeMinor - facts.availableMinor });
  }
  return { kind: "allowed", days };
}

/** The day from which the subscriber may come back before the end; null when they may not. What has not begun may always go. */
export function returnFrom(
  { from }: Pick<SuspendedDays, "from">,
  begun: boolean,
  today: Day,
  policy: SuspensionPolicy,
): Day | null {
  if (!begun || policy.earlyReturn === "any_day") return today;
  return policy.earlyReturn === "no" ? null : laterDay(today, addDays(from, policy.minDays));
}

/** Days of a calendar year that an interval holds. */
function daysOfYear({ from, until }: SuspendedDays, year: number): number {
  const text = year.toString().padStart(4, "0");
  const [first, next] = [toDay(`${text}-01-01`), addDays(toDay(`${text}-12-31`), 1)];
  return Math.max(0, daysBetween(laterDay(from, first), earlierDay(until, next)));
}

function quotaLeft(year: number, past: readonly SuspendedDays[], policy: SuspensionPolicy): number {
  const used = past.reduce((sum, one) => sum + daysOfYear(one, year), 0);
  return Math.max(0, policy.yearlyQuotaDays - used);
}

type Details = Partial<Pick<Extract<SuspensionAnswer, { kind: "refusal" }>, "on" | "days" | "amountMinor">>;

function refusal(reason: SuspensionRefusal, { on = null, days = null, amountMinor = null }: Details = {}) {
  return { kind: "refusal", reason, on, days, amountMinor } as const;
}
