import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { type Minor, shareOf } from "@/server/kernel/money";

export interface VatRate {
  readonly code: string;
  readonly validFrom: Day;
  readonly percent: number;
}

/** VAT that a price already holds: round(gross × p ÷ (100 + p)), НК РФ ст. 164 п. 4. */
export function vatInside(grossMinor: Minor, percent: number): Minor {
  return percent === 0 ? 0n : shareOf(grossMinor, percent, 100 + percent);
}

/** The rate by date of service. Throws `precondition` (`vat.no_rate`) for a day before the first rate. */
export function vatPercentOn(rates: readonly VatRate[], code: string, serviceDay: Day): number {
  let latest: VatRate | null = null;
  for (const rate of rates) {
    if (rate.code === code && rate.validFrom <= serviceDay && (!latest || rate.validFrom > latest.validFrom))
      latest = rate;
  }
  if (!latest) throw new DomainError("precondition", "vat.no_rate", { code, day: serviceDay });
  return latest.percent;
}
