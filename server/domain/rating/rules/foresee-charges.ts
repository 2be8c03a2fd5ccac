import type { Catalog } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, earlierDay, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import { chargeKey, termKey } from "./charge-key";
import { periodOf } from "./due-lines";
import { sumOf } from "./money-gate";
import { type AccountOutcome, type AccountSnapshot, proposeAccount } from "./propose-account";
import { priceOf } from "./quote-period";
import { termStart } from "./term-of";
import { afterUsage } from "./usage-lines";

export interface ForeseenCharge {
  readonly on: Day;
  readonly dueMinor: Minor;
  /** Balance + limits at that moment, if no money comes before. */
  readonly availableMinor: Minor;
  readonly subscriptionIds: readonly string[];
}

export interface Foreseen {
  /** The first charge that has not been made and will be tried; null when none is in sight. */
  readonly next: ForeseenCharge | null;
  /** Balance + limits when nothing is charged any more. */
  readonly restMinor: Minor;
  /** The day that charging first refuses, or the last subscription ends; not counted. */
  readonly coveredUntil: Day;
}

/** One day on which charging did something. */
export interface ForeseenDay {
  readonly on: Day;
  readonly outcome: AccountOutcome;
}

/** "Long enough" to a reader: two years. */
const HORIZON_DAYS = 731;

/**
 * Lets charging itself run over the account from `today` on, as if no money came and nothing else changed, and tells what it did
 * on each day that it did something: at every period's start and end, where a subscription starts, changes or ends. Stops
 * before `until`, and after the first refusal when asked to.
 */
export function* foreseeDays(
  snapshot: AccountSnapshot,
  catalog: Catalog,
  today: Day,
  zone: string,
  until: Day,
): Generator<ForeseenDay & { readonly state: AccountSnapshot }> {
  let state = snapshot;
  for (let day = today; day < until; day = nextDay(state, catalog, day, zone)) {
    const outcome = proposeAccount(state, catalog, day, zone);
    yield { on: day, outcome, state };
    state = after(state, outcome);
  }
}

/** When charging next takes something, whether there is enough for it, and how far the money reaches. */
export function foreseeCharges(snapshot: AccountSnapshot, catalog: Catalog, today: Day, zone: string): Foreseen {
  const end = lastEnd(snapshot.subscriptions);
  const horizon = addDays(today, HORIZON_DAYS);
  let next: ForeseenCharge | null = null;
  let rest = snapshot.availableMinor;
  let day = today;
  let refused = false;
  for (const step of foreseeDays(snapshot, catalog, today, zone, end === null ? horizon : earlierDay(horizon, end))) {
    const { outcome, on } = step;
    refused = outcome.refused.length > 0;
    // What is due today and can be paid is taken as paid.
    if (outcome.dueMinor > 0n && (on > today || refused)) next ??= chargeOf(outcome, on);
    day = on;
    if (refused) break;
    rest = after(step.state, outcome).availableMinor;
    day = nextDay(after(step.state, outcome), catalog, on, zone);
  }
  if (refused && day === today) return { next, restMinor: rest, coveredUntil: today };
  const reached = next === null ? periodHolding(today, snapshot.anchorDay).end : day;
  return { next, restMinor: rest, coveredUntil: end === null ? reached : earlierDay(reached, end) };
}

function chargeOf({ charges, refused, dueMinor, availableMinor }: AccountOutcome, on: Day): ForeseenCharge {
  const subscriptionIds = [...new Set([...charges.map((charge) => charge.subscriptionId), ...refused])];
  return { on, dueMinor, availableMinor, subscriptionIds };
}

/** The account as it is when an outcome has been written. */
function after(state: AccountSnapshot, { charges, credits }: AccountOutcome): AccountSnapshot {
  if (charges.length + credits.length === 0) return state;
  return {
    ...state,
    availableMinor: state.availableMinor - sumOf(charges) + sumOf(credits),
    charged: new Set([
      ...state.charged,
      ...charges.map((row) => chargeKey(row.subscriptionId, row.term, row.period.start, row.kind)),
    ]),
    dueLater: [
      ...state.dueLater,
      ...charges.flatMap(({ subscriptionId, dueOn, amountMinor }) =>
        dueOn ? [{ subscriptionId, dueOn, amountMinor }] : [],
      ),
    ],
    made: madeAfter(state.made, charges),
    lines: credits.length === 0 ? state.lines : [],
    ...(state.usage && { usage: afterUsage(state.usage, charges, credits) }),
  };
}

/** Periods that have been charged: a period whose rate of VAT changes within it has two lines. */
function madeAfter(made: AccountSnapshot["made"], charges: AccountOutcome["charges"]): ReadonlyMap<string, number> {
  const periods = new Set(
    charges
      .filter(({ kind }) => kind === "recurring")
      .map(({ subscriptionId, term, period }) => `${termKey(subscriptionId, term)} ${period.end}`),
  );
  const counted = new Map(made);
  for (const period of periods) {
    const [key = ""] = period.split(" ");
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}

/** The next day that something may become due by itself. */
function nextDay(state: AccountSnapshot, catalog: Catalog, day: Day, zone: string): Day {
  const coming = [
    ...state.changes.map((change) => change.effectiveOn),
    ...state.blocks.flatMap((block) => (block.untilAt ? [dayIn(block.untilAt, zone)] : [])),
    ...state.subscriptions.flatMap((row) => daysOf(row, state, catalog, day)),
  ].filter((one) => one > day);
  return coming.reduce(earlierDay, periodHolding(day, state.anchorDay).end);
}

function daysOf(subscription: SubscriptionRow, { anchorDay }: AccountSnapshot, catalog: Catalog, day: Day): Day[] {
  const begun = termStart(subscription);
  if (begun > day) return [begun];
  if (subscription.endedOn && subscription.endedOn <= day) return [];
  const { price } = priceOf(subscription, catalog, laterDay(begun, day));
  const ends = subscription.endedOn ? [subscription.endedOn] : [];
  if (price?.chargeMethod === "one_off") return ends;
  const next =
    price?.chargeMethod === "daily" ? addDays(day, 1) : periodOf({ subscription, anchorDay }, price, day).end;
  return [next, ...ends];
}

/** When the last subscription ends; null while one has no end. */
function lastEnd(subscriptions: readonly SubscriptionRow[]): Day | null {
  return subscriptions.reduce<Day | null>(
    (last, { endedOn }, index) =>
      endedOn === null || (index > 0 && last === null) ? null : last === null || endedOn > last ? endedOn : last,
    null,
  );
}
