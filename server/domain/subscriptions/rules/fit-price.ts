import type { Day } from "@/server/kernel/day";
import type { PersonalPriceRow } from "../list-subscriptions";

interface Interval {
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** What a new personal price does to those agreed before it, so that one price at the most is in force on a day. */
export type FittedPrice =
  | {
      readonly kind: "fits";
      /** In force when it begins: they end on its first day. */
      readonly ends: readonly PersonalPriceRow[];
      /** Agreed from the same day: it takes the place of that one. */
      readonly replaces: PersonalPriceRow | null;
    }
  /** The first that begins after it and before its end: neither may silently cut the other short. */
  | { readonly kind: "overlaps"; readonly later: PersonalPriceRow };

/** `agreed` are the subscription's other prices, earliest first. */
export function fitPrice(price: Interval, agreed: readonly PersonalPriceRow[]): FittedPrice {
  const later = agreed.find(
    (other) => other.validFrom > price.validFrom && (price.validTo === null || other.validFrom < price.validTo),
  );
  if (later) return { kind: "overlaps", later };
  return {
    kind: "fits",
    ends: agreed.filter(
      (other) => other.validFrom < price.validFrom && (other.validTo === null || other.validTo > price.validFrom),
    ),
    replaces: agreed.find((other) => other.validFrom === price.validFrom) ?? null,
  };
}
