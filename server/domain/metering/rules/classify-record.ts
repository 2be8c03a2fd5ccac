import { type Catalog, type Measure, priceOn, UNIT_SIZES } from "@/server/domain/catalog";
import type { SubscriptionLife } from "@/server/domain/subscriptions";
import { addDays, type Day } from "@/server/kernel/day";
import { periodHolding } from "@/server/kernel/period";
import { EARLIEST_DAYS, type Fault, type IdentifierKind, LATEST_DAYS, MOST_UNITS } from "../constants";

/** A record that was understood; whether it can be charged is another matter. */
export interface UsageRecord {
  readonly identifierKind: IdentifierKind;
  readonly identifier: string;
  readonly occurredAt: Date;
  /** The operator's day it happened on. */
  readonly day: Day;
  readonly meter: string;
  readonly measure: Measure;
  readonly units: bigint;
}

/** Whom an identifier may mean, `[validFrom, validTo)`. */
export interface Candidate {
  readonly life: SubscriptionLife;
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
}

export type Verdict =
  | { readonly kind: "taken"; readonly accountId: string; readonly subscriptionId: string }
  | { readonly kind: "fault"; readonly fault: Fault };

const fault = (reason: Fault): Verdict => ({ kind: "fault", fault: reason });

/** Whose a record is and whether that subscription's price of that day counts such usage. */
export function classifyRecord(
  record: Omit<UsageRecord, "identifierKind" | "identifier" | "occurredAt">,
  candidates: readonly Candidate[],
  catalog: Catalog,
  today: Day,
): Verdict {
  const { day, meter, measure, units } = record;
  if (units < 0n || units > MOST_UNITS) return fault("malformed");
  if (day < addDays(today, -LATEST_DAYS)) return fault("too_late");
  if (day > addDays(today, EARLIEST_DAYS)) return fault("in_future");
  if (candidates.length === 0) return fault("unknown_service");
  const here = candidates.find((candidate) => isInForce(candidate, day));
  if (!here) return fault("not_in_force");
  const { life } = here;
  if (life.closedOn !== null && life.closedOn <= today) return fault("account_closed");
  const pricing = pricingOn(life, day, catalog);
  if (!pricing) return fault("no_price");
  const priced = pricing.meters.find((one) => one.meter === meter);
  if (!priced) return fault("meter_unknown");
  if (UNIT_SIZES[priced.unit].measure !== measure) return fault("wrong_measure");
  return { kind: "taken", accountId: life.accountId, subscriptionId: life.subscriptionId };
}

function isInForce({ life, validFrom, validTo }: Candidate, day: Day): boolean {
  return (
    day >= life.present.startedOn &&
    (life.present.endedOn === null || day < life.present.endedOn) &&
    (validFrom === null || day >= validFrom) &&
    (validTo === null || day < validTo)
  );
}

/** The pricers in force for a subscription on a day; null when its tariff of that day does not charge usage. */
function pricingOn({ terms, anchorDay }: SubscriptionLife, day: Day, catalog: Catalog) {
  const term = terms.find(({ from, to }) => from <= day && (to === null || to > day));
  const tariff = term && catalog.tariffs.get(term.tariffId);
  const price = tariff && priceOn(tariff.prices, term.from, periodHolding(day, anchorDay).start);
  return price?.chargeMethod === "usage" ? price.usagePricing : null;
}
