import { type SubscriptionLife, type SubscriptionTerm, termsOf } from "@/server/domain/subscriptions";
import { addDays, type Day, earlierDay, laterDay } from "@/server/kernel/day";
import { nextPeriod, type Period, periodHolding } from "@/server/kernel/period";

/** The part of one period under one tariff, `[from, to)`, that is over. */
export interface UsageSpan {
  readonly term: SubscriptionTerm;
  readonly isLastTerm: boolean;
  readonly period: Period;
  readonly from: Day;
  readonly to: Day;
}

/**
 * What of a subscription's life usage may be charged for on `today`: the period before the present one, what is over of the
 * present one (the tariff changed, the subscription ended), and everything from the first record that waits.
 */
export function usageSpans(
  life: Pick<SubscriptionLife, "anchorDay" | "present" | "changes">,
  firstNew: Day | null,
  today: Day,
): UsageSpan[] {
  const { anchorDay } = life;
  const before = periodHolding(addDays(periodHolding(today, anchorDay).start, -1), anchorDay);
  const first = firstNew === null ? before.start : earlierDay(before.start, periodHolding(firstNew, anchorDay).start);
  const terms = termsOf(life.present, life.changes, today);
  const spans: UsageSpan[] = [];
  for (let period = periodHolding(first, anchorDay); period.start <= today; period = nextPeriod(period, anchorDay)) {
    for (const [index, term] of terms.entries()) {
      const from = laterDay(period.start, term.from);
      const to = term.to === null ? period.end : earlierDay(period.end, term.to);
      if (from < to && to <= today) spans.push({ term, isLastTerm: index === terms.length - 1, period, from, to });
    }
  }
  return spans;
}
