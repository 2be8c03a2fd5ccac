import type { Catalog } from "@/server/domain/catalog";
import { addDays, type Day } from "@/server/kernel/day";

/** How far back charging has to look, which depends on what the catalog can charge. */
export interface Reach {
  /** The first day of which charges are read. */
  readonly since: Day;
  /** The first day of which lines are read that may have to be given back: of what ended a while ago, the period it ended in. */
  readonly linesSince: Day;
  /** The longest period of the catalog, days; the one that holds a day began less than so long before it. */
  readonly longestDays: number;
  /** Whether charges of periods that are over matter: days of the present month, periods charged afterwards, single sums. */
  readonly looksBack: boolean;
  /** Whether anything is charged whatever the balance. */
  readonly owesLater: boolean;
}

const LONGEST_MONTH_DAYS = 31;

/** A period that holds today began at most its own length ago; one that is charged when it is over, twice that. */
export function reachOf(catalog: Catalog, today: Day): Reach {
  const prices = [...catalog.tariffs.values()].flatMap((tariff) => tariff.prices);
  const afterwards = prices.some((price) => price.chargeMethod === "arrears" || price.chargeMethod === "usage");
  const months = prices.reduce((longest, price) => Math.max(longest, price.periodMonths), 1);
  const since = addDays(today, -LONGEST_MONTH_DAYS * months * (afterwards ? 2 : 1));
  return {
    since,
    linesSince: addDays(since, -LONGEST_MONTH_DAYS * months),
    longestDays: LONGEST_MONTH_DAYS * months,
    looksBack: afterwards || prices.some((price) => price.chargeMethod === "daily" || price.chargeMethod === "one_off"),
    owesLater: prices.some((price) => price.moneyGate === "always"),
  };
}
