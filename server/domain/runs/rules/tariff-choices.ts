import { type Catalog, type ChangeMatrix, changeTerms, comparedOn } from "@/server/domain/catalog";
import { type AccountSnapshot, changedTo, quoteIfPriced } from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { TARIFF_CHANGE_TIMES, type TariffChangeTime } from "../constants";
import { isOpenTo } from "./plan-change";

/** A tariff as a subscription pays for it. Kopecks of one whole period, quantity and discounts taken in. */
export interface PaidTariff {
  readonly tariffId: string;
  readonly code: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly kind: string;
  readonly downKbps: number | null;
  readonly upKbps: number | null;
  /** Null while no price has reached it. */
  readonly feeMinor: Minor | null;
  readonly periodMonths: number;
  readonly chargeMethod: string;
}

/** A tariff that a subscription may be changed to, with what the matrix asks for it. */
export interface TariffChoice extends PaidTariff {
  readonly changeFeeMinor: Minor;
  readonly times: readonly TariffChangeTime[];
  /** The fee less that of the present tariff; null where the two are not of the same length or kind. */
  readonly differenceMinor: Minor | null;
}

interface Around {
  readonly snapshot: AccountSnapshot;
  readonly catalog: Catalog;
  readonly today: Day;
}

/** The tariff of a subscription with what it pays for it on a day. */
export function paidTariff(row: SubscriptionRow, on: Day, { snapshot, catalog }: Around): PaidTariff {
  const tariff = catalog.tariffs.get(row.tariffId);
  const quote = quoteIfPriced(row, catalog, on, snapshot);
  return {
    tariffId: row.tariffId,
    code: tariff?.code ?? "",
    nameRu: tariff?.nameRu ?? "",
    nameEn: tariff?.nameEn ?? "",
    kind: tariff?.kind ?? "",
    downKbps: tariff?.downKbps ?? null,
    upKbps: tariff?.upKbps ?? null,
    feeMinor: quote && quote.feeMinor - quote.discountMinor,
    periodMonths: quote?.price?.periodMonths ?? 1,
    chargeMethod: quote?.price?.chargeMethod ?? "monthly",
  };
}

/**
 * What a subscription may be changed to, cheapest first: the tariffs of its kind that the matrix and the catalog leave open, by
 * the same rules that `planChange` refuses by. One that has no price yet is not among them.
 */
export function tariffChoices(
  row: SubscriptionRow,
  { matrix, publicOnly, ...around }: Around & { readonly matrix: ChangeMatrix; readonly publicOnly: boolean },
): TariffChoice[] {
  const { catalog, today } = around;
  const on = laterDay(today, row.startedOn);
  const from = catalog.tariffs.get(row.tariffId);
  if (!from) return [];
  const present = paidTariff(row, on, around);
  return [...catalog.tariffs.values()]
    .filter((to) => to.kind === from.kind && isOpenTo(to, publicOnly))
    .flatMap((to): TariffChoice[] => {
      const terms = changeTerms(comparedOn(from, today), comparedOn(to, today), matrix);
      if (!terms.allowed) return [];
      const paid = paidTariff(changedTo(row, to.id, on), on, around);
      if (paid.feeMinor === null) return [];
      const times = TARIFF_CHANGE_TIMES.filter(
        (time) => terms.timing === "either" || (terms.timing === "at_once") === (time === "now"),
      );
      return [{ ...paid, changeFeeMinor: terms.feeMinor, times, differenceMinor: difference(present, paid) }];
    })
    .sort((a, b) => compare(a.feeMinor ?? 0n, b.feeMinor ?? 0n) || (a.code < b.code ? -1 : 1));
}

const compare = (a: Minor, b: Minor) => (a < b ? -1 : a > b ? 1 : 0);

function difference(before: PaidTariff, after: PaidTariff): Minor | null {
  if (before.feeMinor === null || after.feeMinor === null || before.periodMonths !== after.periodMonths) return null;
  if (before.chargeMethod === "usage" || after.chargeMethod === "usage") return null;
  return after.feeMinor - before.feeMinor;
}
