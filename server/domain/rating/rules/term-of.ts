import type { SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";

/** First day of a subscription's present tariff: of the subscription, or of its latest change. */
export function termStart({ startedOn, termFrom }: Pick<SubscriptionRow, "startedOn" | "termFrom">): Day {
  return termFrom ?? startedOn;
}
