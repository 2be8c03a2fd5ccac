import type { SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";

/** First day a subscription ever had its present tariff: who comes back to it has had its trial and its first months. */
export function firstDayOfTariff(subscription: SubscriptionRow): Day {
  const before = subscription.earlier?.find((term) => term.tariffId === subscription.tariffId);
  return before?.from ?? termStart(subscription);
}

/** First day of a subscription's present tariff: of the subscription, or of its latest change. */
export function termStart({ startedOn, termFrom }: Pick<SubscriptionRow, "startedOn" | "termFrom">): Day {
  return termFrom ?? startedOn;
}
