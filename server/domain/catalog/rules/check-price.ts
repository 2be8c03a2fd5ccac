import type { Day } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { ChargeMethod } from "../constants";
import type { PriceVersion } from "./price-on";

/** A price version as it is written down, before anything is known of the tariff. */
export interface PriceShape {
  readonly newFrom: Day;
  readonly existingFrom: Day | null;
  readonly chargeMethod: ChargeMethod;
  readonly periodMonths: number;
  readonly maxCharges: number | null;
  readonly phases: readonly PhaseShape[];
}

export interface PhaseShape {
  /** From 1, without a gap. */
  readonly position: number;
  readonly months: number;
  readonly feeMinor: Minor;
  readonly isTrial: boolean;
}

/** What is wrong, and at which field. */
export interface PriceFault {
  readonly field: string;
  readonly reason: `price.${string}`;
}

/** Charged once or by use, so there is nothing to count periods of. */
const WITHOUT_PERIODS: readonly ChargeMethod[] = ["one_off", "usage"];

/**
 * What contradicts itself in a price version: phases with a gap, out of place or cutting a period in two, a trial after
 * something paid, periods counted for what has none, existing subscribers asked to pay before new ones. Empty = sound.
 */
export function priceFaults(price: PriceShape): PriceFault[] {
  const faults: PriceFault[] = [];
  const { phases, chargeMethod, maxCharges, periodMonths } = price;
  if (maxCharges !== null && WITHOUT_PERIODS.includes(chargeMethod)) {
    faults.push({ field: "maxCharges", reason: "price.counts_without_periods" });
  }
  if (phases.length > 0 && WITHOUT_PERIODS.includes(chargeMethod)) {
    faults.push({ field: "phases", reason: "price.phases_without_periods" });
  }
  const positions = phases.map((phase) => phase.position);
  if (new Set(positions).size < positions.length) faults.push({ field: "phases", reason: "price.phase_repeated" });
  else if (positions.some((position) => position > positions.length)) {
    faults.push({ field: "phases", reason: "price.phase_gap" });
  }
  if (phases.some((phase) => phase.months % periodMonths !== 0)) {
    faults.push({ field: "phases", reason: "price.phase_cuts_period" });
  }
  if (
    phases.some((phase) => phase.isTrial && phases.some((other) => !other.isTrial && other.position < phase.position))
  )
    faults.push({ field: "phases", reason: "price.trial_after_paid" });
  if (price.existingFrom !== null && price.existingFrom < price.newFrom) {
    faults.push({ field: "existingFrom", reason: "price.existing_before_new" });
  }
  return faults;
}

/** How and for how long a version charges: what two versions have to share for a subscriber to go from one to the other. */
export type PriceRhythm = Pick<PriceShape, "chargeMethod" | "periodMonths">;

/**
 * What stands against adding this version to a tariff on `today`: a date that is past (what was charged by then would no
 * longer be explained by the price in force), the day of a version that is there, so that it could not be said which of
 * the two a subscriber pays, or existing subscribers moved to another way or length of charging, whose periods would overlap
 * those that are paid for: they change their tariff instead, which settles what they had. Null = nothing.
 */
export function versionFault(
  price: Pick<PriceShape, "newFrom" | "existingFrom"> & PriceRhythm,
  versions: readonly (PriceVersion & PriceRhythm)[],
  today: Day,
): (PriceFault & { readonly version?: number }) | null {
  if (price.newFrom < today) return { field: "newFrom", reason: "price.backdated" };
  if (price.existingFrom !== null && price.existingFrom < today) {
    return { field: "existingFrom", reason: "price.backdated" };
  }
  for (const { version, newFrom, existingFrom } of versions) {
    if (newFrom === price.newFrom) return { field: "newFrom", reason: "price.overlaps", version };
    if (existingFrom !== null && existingFrom === price.existingFrom) {
      return { field: "existingFrom", reason: "price.overlaps", version };
    }
  }
  const { chargeMethod, periodMonths } = price;
  const others = versions.filter((one) => one.chargeMethod !== chargeMethod || one.periodMonths !== periodMonths);
  const [other] = others;
  if (price.existingFrom !== null && other) {
    return { field: "existingFrom", reason: "price.other_rhythm", version: other.version };
  }
  // Nor may a version that is there reach those who begin with this one.
  const reaching = others.find(({ existingFrom }) => existingFrom !== null && existingFrom > price.newFrom);
  if (reaching) return { field: "newFrom", reason: "price.other_rhythm", version: reaching.version };
  return null;
}

/** The same as a refusal: `invalid` with the fault's reason, its field and the version it collides with. */
export function requireNoFault(
  price: Parameters<typeof versionFault>[0],
  versions: Parameters<typeof versionFault>[1],
  today: Day,
): void {
  const fault = versionFault(price, versions, today);
  if (!fault) return;
  const { field, reason, version } = fault;
  throw new DomainError("invalid", reason, version === undefined ? { field } : { field, version });
}
