import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, earlierDay } from "@/server/kernel/day";

/**
 * First day a subscription ever had its present tariff, or the account did that has left it since: who comes back to a tariff has
 * had its trial and its first months.
 */
export function firstDayOfTariff(subscription: SubscriptionRow, hadSince?: ReadonlyMap<string, Day>): Day {
  const before = subscription.earlier?.find((term) => term.tariffId === subscription.tariffId)?.from;
  const own = before ?? termStart(subscription);
  const left = hadSince?.get(subscription.tariffId);
  return left === undefined ? own : earlierDay(left, own);
}

/** First day of a subscription's present tariff: of the subscription, or of its latest change. */
export function termStart({ startedOn, termFrom }: Pick<SubscriptionRow, "startedOn" | "termFrom">): Day {
  return termFrom ?? startedOn;
}
