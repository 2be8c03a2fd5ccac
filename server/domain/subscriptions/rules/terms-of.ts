import type { Day } from "@/server/kernel/day";
import type { EarlierTerm, PersonalPriceRow } from "../list-subscriptions";

/** A stretch of a subscription's life under one tariff, `[from, to)`. */
export interface SubscriptionTerm {
  readonly term: number;
  readonly tariffId: string;
  readonly from: Day;
  readonly to: Day | null;
}

/** A subscription as it is now. */
export interface PresentTerm {
  readonly term: number;
  readonly tariffId: string;
  readonly startedOn: Day;
  /** Null while the first tariff lasts. */
  readonly termFrom: Day | null;
  readonly endedOn: Day | null;
}

/** A change that was made, or waits for its day; in the order they were asked for. */
export interface TariffChange {
  readonly state: string;
  readonly fromTariffId: string;
  readonly toTariffId: string;
  readonly effectiveOn: Day;
}

/**
 * Every tariff a subscription has had, in order. Read back from the present one: of several changes on one day the first
 * says what was before, and each has a number. A change whose day has come by `today` and that charging has yet to make is taken as made.
 */
export function termsOf(present: PresentTerm, changes: readonly TariffChange[], today: Day): SubscriptionTerm[] {
  const { startedOn, endedOn, termFrom } = present;
  const terms: SubscriptionTerm[] = [];
  let later: SubscriptionTerm = {
    term: present.term,
    tariffId: present.tariffId,
    from: termFrom ?? startedOn,
    to: endedOn,
  };
  const made = changes.filter(({ state }) => state === "applied");
  for (;;) {
    terms.unshift(later);
    const { from: since } = later;
    const thatDay = made.filter(({ effectiveOn }) => effectiveOn === since);
    const [first] = thatDay;
    if (!first || since <= startedOn) break;
    const { from: to } = later;
    const from = made.reduce(
      (day, one) => (one.effectiveOn < to && one.effectiveOn > day ? one.effectiveOn : day),
      startedOn,
    );
    later = { term: Math.max(0, later.term - thatDay.length), tariffId: first.fromTariffId, from, to };
  }
  const due = changes.find(({ state, effectiveOn }) => state === "scheduled" && effectiveOn <= today);
  const last = terms.at(-1);
  if (!due || !last || (endedOn !== null && endedOn <= due.effectiveOn)) return terms;
  return [
    ...terms.slice(0, -1),
    { ...last, to: due.effectiveOn },
    { term: last.term + 1, tariffId: due.toTariffId, from: due.effectiveOn, to: endedOn },
  ];
}

/** The terms before the present one, each with the prices that were agreed in its days. */
export function earlierTerms(
  present: PresentTerm,
  made: readonly TariffChange[],
  personalPrices: readonly PersonalPriceRow[],
): EarlierTerm[] {
  return termsOf(present, made, present.startedOn)
    .slice(0, -1)
    .flatMap(({ term, tariffId, from, to }) =>
      to === null
        ? []
        : [
            {
              term,
              tariffId,
              from,
              to,
              personalPrices: personalPrices.filter(
                (price) => price.validFrom < to && (price.validTo === null || price.validTo > from),
              ),
            },
          ],
    );
}
