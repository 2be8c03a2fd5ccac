import { addDays, type Day } from "@/server/kernel/day";
import { ceilToMajor, type Minor, minMinor, shareOf } from "@/server/kernel/money";
import type { PromiseRefusal } from "../constants";
import type { PromisedPolicy } from "../schema";
import { type TrustFacts, type TrustShare, trustShare } from "./trust-share";

/** What a promise depends on, as of `today`. */
export interface PromisedFacts extends TrustFacts {
  readonly today: Day;
  readonly closed: boolean;
  /** A block that money would not lift. */
  readonly heldByBlock: boolean;
  readonly inForce: boolean;
  /** What is missing for the service to be on today, kopecks; zero when nothing is. */
  readonly needMinor: Minor;
  readonly periodFeeMinor: Minor;
  /** Of the subscriptions in force. */
  readonly tariffCodes: readonly string[];
  /** The day the latest promise began; null when there was none. */
  readonly lastPromiseOn: Day | null;
  readonly paidSinceLast: boolean;
}

export interface PromisedOffer {
  readonly kind: "offer";
  /** How far below the permanent limit the balance may go, whole rubles. */
  readonly amountMinor: Minor;
  /** Charged at once, out of the same promise. */
  readonly feeMinor: Minor;
  /** The limit is gone on this day. */
  readonly untilOn: Day;
  /** Set when trust sized it. */
  readonly trust: TrustShare | null;
}

export interface PromisedRefusal {
  readonly kind: "refusal";
  readonly reason: PromiseRefusal;
  /** `too_often`, `outside_window`: the day from which it may be had. */
  readonly on: Day | null;
  /** `too_small`: what to pay for the rest to be promised; `debt_too_large`: the most that may be owed. */
  readonly amountMinor: Minor | null;
}

export type PromisedAnswer = PromisedOffer | PromisedRefusal;

/**
 * Whether a promised payment may be had today and of what size, or the first reason why not (domain.md §2, promised payment
 * parameters). It always covers what is missing and its own fee, so that the service comes on; a promise that would not is
 * not given, and the subscriber is told what to pay for the rest to be promised.
 */
export function promisedOffer(facts: PromisedFacts, policy: PromisedPolicy): PromisedAnswer {
  const { today, lastPromiseOn } = facts;
  if (!policy.enabled) return refusal("disabled");
  if (facts.closed) return refusal("account_closed");
  if (facts.heldByBlock) return refusal("blocked");
  if (facts.inForce) return refusal("in_force");
  if (facts.needMinor <= 0n) return refusal("not_needed");
  const { tariffCodes } = policy;
  if (tariffCodes && !facts.tariffCodes.some((code) => tariffCodes.includes(code))) {
    return refusal("tariff_not_covered");
  }
  if (!isInWindow(today, policy)) return refusal("outside_window", { on: nextInWindow(today, policy) });
  if (lastPromiseOn !== null) {
    const next = addDays(lastPromiseOn, policy.everyDays);
    if (today < next) return refusal("too_often", { on: next });
    if (policy.paymentBetween && !facts.paidSinceLast) return refusal("payment_required");
  }
  const wantedMinor = ceilToMajor(facts.needMinor + policy.feeMinor);
  if (wantedMinor > policy.debtCapMinor) return refusal("debt_too_large", { amountMinor: policy.debtCapMinor });
  const { mostMinor, trust } = sizeOf(facts, policy, wantedMinor);
  if (mostMinor < wantedMinor) return refusal("too_small", { amountMinor: wantedMinor - mostMinor });
  const amountMinor = policy.size === "tariff" ? minMinor(mostMinor, policy.debtCapMinor) : wantedMinor;
  return { kind: "offer", amountMinor, feeMinor: policy.feeMinor, untilOn: addDays(today, policy.termDays), trust };
}

/** The most that the policy's size gives, in whole rubles: of a share that trust earned, downwards. */
function sizeOf(facts: PromisedFacts, policy: PromisedPolicy, wantedMinor: Minor) {
  if (policy.size === "debt") return { mostMinor: wantedMinor, trust: null };
  if (policy.size === "tariff") return { mostMinor: ceilToMajor(facts.periodFeeMinor), trust: null };
  const trust = trustShare(facts, policy.formula);
  const earnedMinor = shareOf(facts.periodFeeMinor, trust.shareBp, 100_00);
  return { mostMinor: (earnedMinor / 100n) * 100n, trust };
}

function refusal(
  reason: PromiseRefusal,
  { on = null, amountMinor = null }: { on?: Day | null; amountMinor?: Minor | null } = {},
): PromisedRefusal {
  return { kind: "refusal", reason, on, amountMinor };
}

function isInWindow(day: Day, { monthDayFrom, monthDayTo }: PromisedPolicy): boolean {
  const number = Number(day.slice(8));
  return monthDayFrom <= monthDayTo
    ? number >= monthDayFrom && number <= monthDayTo
    : number >= monthDayFrom || number <= monthDayTo;
}

/** A window of the 31st alone is open in every second month at the latest. */
const LONGEST_WAIT_DAYS = 62;

function nextInWindow(today: Day, policy: PromisedPolicy): Day | null {
  for (let count = 1; count <= LONGEST_WAIT_DAYS; count += 1) {
    const day = addDays(today, count);
    if (isInWindow(day, policy)) return day;
  }
  return null;
}
