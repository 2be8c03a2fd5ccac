import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, earlierDay } from "@/server/kernel/day";

/** A stretch of an account's life with a tariff, in a subscription that has ended: `[from, to)`. */
export interface HadTariff {
  readonly from: Day;
  readonly to: Day;
}

/**
 * First day a subscription ever had its present tariff, or the account did and left it before this began: who comes back to a
 * tariff has had its trial and its first months. What runs beside it takes nothing from it.
 */
export function firstDayOfTariff(subscription: SubscriptionRow, had?: ReadonlyMap<string, readonly HadTariff[]>): Day {
  const before = subscription.earlier?.find((term) => term.tariffId === subscription.tariffId)?.from;
  const own = before ?? termStart(subscription);
  return (had?.get(subscription.tariffId) ?? [])
    .filter(({ to }) => to <= own)
    .reduce((first, { from }) => earlierDay(first, from), own);
}

/** First day of a subscription's present tariff: of the subscription, or of its latest change. */
export function termStart({ startedOn, termFrom }: Pick<SubscriptionRow, "startedOn" | "termFrom">): Day {
  return termFrom ?? startedOn;
}
