import type { CatalogPrice, Proration } from "@/server/domain/catalog";
import { type Day, daysBetween, earlierDay, laterDay } from "@/server/kernel/day";
import { type Minor, shareOf } from "@/server/kernel/money";
import type { Period } from "@/server/kernel/period";
import type { BlockedDays } from "./blocked-days";
import { type ChargedDays, chargedDays } from "./charged-days";

/** How a price treats parts of periods. */
export type ProrationRules = Pick<CatalogPrice, "prorationStart" | "prorationChange" | "prorationStop">;

export const BY_DAYS: ProrationRules = {
  prorationStart: "actual_days",
  prorationChange: "actual_days",
  prorationStop: "actual_days",
};

/** What of a period is served, and by which rules its ends are cut. */
export interface ServedPart {
  readonly period: Period;
  readonly from: Day;
  /** Not counted. */
  readonly to: Day | null;
  /** The part begins, or ends, because the tariff was changed. */
  readonly changedAtStart: boolean;
  readonly changedAtEnd: boolean;
  readonly blocked: readonly BlockedDays[];
}

/** Days that are paid for, of how many: a whole period is `n of n` whatever its rule. */
export interface PaidDays extends ChargedDays {
  readonly of: number;
  /** Set when something else than the days decided. */
  readonly proration: Exclude<Proration, "actual_days"> | null;
}

/**
 * The days of a part of a period that are paid for (domain.md §2): each cut goes by the rule for its cause, start, change or
 * stop; days lost to blocks by the rule for stopping. Null when nothing was served at all.
 */
export function paidDays(part: ServedPart, rules: ProrationRules): PaidDays | null {
  const { period, blocked } = part;
  if (blocked.length === 0 && part.from <= period.start && (part.to === null || part.to >= period.end)) {
    const days = daysBetween(period.start, period.end);
    return { from: period.start, to: period.end, days, of: days, proration: null };
  }
  const served = chargedDays(period, part.from, part.to, blocked);
  if (!served) return null;
  const of = daysBetween(period.start, period.end);
  if (served.days === of) return { ...served, of, proration: null };
  const startRule = part.changedAtStart ? rules.prorationChange : rules.prorationStart;
  const stopRule = part.changedAtEnd ? rules.prorationChange : rules.prorationStop;
  const from = startRule === "none" ? period.start : laterDay(period.start, part.from);
  const to = stopRule === "none" || !part.to ? period.end : earlierDay(period.end, part.to);
  const lost = rules.prorationStop === "none" ? [] : blocked;
  const paid = chargedDays(period, from, to, lost) ?? served;
  if (paid.days === of) return { ...served, days: of, of, proration: "none" };
  const thirty =
    (from > period.start && startRule === "thirty") ||
    (to < period.end && stopRule === "thirty") ||
    (lost.length > 0 && rules.prorationStop === "thirty");
  if (!thirty) return { ...served, days: paid.days, of, proration: paid.days === served.days ? null : "none" };
  const basis = thirties(of);
  return { ...served, days: Math.min(paid.days, basis), of: basis, proration: "thirty" };
}

/** Thirty days for each month of a period. */
export function thirties(periodDays: number): number {
  return 30 * Math.max(1, Math.round(periodDays / 30.5));
}

/** Fee × paid days ÷ days of the whole period, half-up to a kopeck, once. */
export function amountOf(feeMinor: Minor, { days, of }: Pick<PaidDays, "days" | "of">): Minor {
  return days === of ? feeMinor : shareOf(feeMinor, days, of);
}

/** The share of day `k` (from 1) of `n`: what is owed by its evening less what was owed the evening before, so a month sums to the fee. */
export function dayShare(feeMinor: Minor, k: number, n: number): Minor {
  return shareOf(feeMinor, k, n) - shareOf(feeMinor, k - 1, n);
}
