import type { VatRate } from "@/server/domain/catalog";
import { type Day, earlierDay } from "@/server/kernel/day";
import { type Minor, shareOf } from "@/server/kernel/money";
import type { BlockedDays } from "./blocked-days";
import { type ChargedDays, chargedDays } from "./charged-days";

/** A stretch of the days that are charged, all under one rate of VAT. */
export interface VatPart {
  readonly charged: ChargedDays;
  readonly amountMinor: Minor;
}

/**
 * A line's days by rate of VAT: the rate is that of the day of service (domain.md §2), so a line that a new rate falls into is
 * two. Each takes the share of its days; the parts come to the whole to a kopeck.
 */
export function vatParts(
  rates: readonly VatRate[],
  code: string,
  {
    served,
    amountMinor,
    blocked,
  }: { readonly served: ChargedDays; readonly amountMinor: Minor; readonly blocked: readonly BlockedDays[] },
): readonly VatPart[] {
  const turns = turnsWithin(rates, code, served);
  if (turns.length === 0) return [{ charged: served, amountMinor }];
  const edges = [served.from, ...turns, served.to];
  const stretches = turns
    .map((_, place) => place)
    .concat(turns.length)
    .flatMap((place) => {
      const [start, end] = [edges[place] as Day, edges[place + 1] as Day];
      return chargedDays({ start, end }, start, end, blocked) ?? [];
    });
  const all = stretches.reduce((sum, { days }) => sum + days, 0);
  let passed = 0;
  return stretches.flatMap((charged) => {
    const before = shareOf(amountMinor, passed, all);
    passed += charged.days;
    const share = shareOf(amountMinor, passed, all) - before;
    return share === 0n ? [] : [{ charged, amountMinor: share }];
  });
}

/** Days inside a line on which its rate becomes another. */
function turnsWithin(rates: readonly VatRate[], code: string, { from, to }: ChargedDays): Day[] {
  const own = rates.filter((rate) => rate.code === code && rate.validFrom < to).sort(byDay);
  return own.flatMap((rate, place) => {
    const before = own[place - 1];
    return rate.validFrom > from && before && before.percent !== rate.percent ? [rate.validFrom] : [];
  });
}

const byDay = (a: VatRate, b: VatRate) =>
  a.validFrom === b.validFrom ? 0 : earlierDay(a.validFrom, b.validFrom) === a.validFrom ? -1 : 1;
