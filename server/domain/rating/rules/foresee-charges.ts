import type { Catalog } from "@/server/domain/catalog";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, earlierDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import { type AccountOutcome, type AccountSnapshot, chargeKey, proposeAccount } from "./propose-account";

export interface ForeseenCharge {
  readonly on: Day;
  readonly dueMinor: Minor;
  /** Balance + credit limit at that moment, if no money comes before. */
  readonly availableMinor: Minor;
  readonly subscriptionIds: readonly string[];
}

export interface Foreseen {
  /** The first charge that has not been made and will be tried; null when none is in sight. */
  readonly next: ForeseenCharge | null;
  /** Balance + credit limit when nothing is charged any more. */
  readonly restMinor: Minor;
  /** The day that charging first refuses, or the last subscription ends; not counted. */
  readonly coveredUntil: Day;
}

/** "Long enough" to a reader. */
const HORIZON = 24;

/**
 * Lets charging itself run over the account from `today` on, as if no money came and nothing else changed: at every
 * period's start, and on the day that a subscription starts inside one. What is due today and can be paid is taken as paid.
 */
export function foreseeCharges(snapshot: AccountSnapshot, catalog: Catalog, today: Day, zone: string): Foreseen {
  const first = proposeAccount(snapshot, catalog, today, zone);
  if (first.kind === "refuse") {
    return { next: chargeOf(first, snapshot, today), restMinor: snapshot.availableMinor, coveredUntil: today };
  }
  const end = lastEnd(snapshot.subscriptions);
  const nearest = nextDay(snapshot, today);
  let state = after(snapshot, first, today);
  let next: ForeseenCharge | null = null;
  let day = nearest;
  for (let turn = 0; turn < HORIZON && (end === null || day < end); turn += 1) {
    const outcome = proposeAccount(state, catalog, day, zone);
    if (outcome.dueMinor > 0n) next ??= chargeOf(outcome, state, day);
    if (outcome.kind === "refuse") break;
    state = after(state, outcome, day);
    day = nextDay(state, day);
  }
  const reached = next === null ? periodHolding(today, snapshot.anchorDay).end : day;
  return { next, restMinor: state.availableMinor, coveredUntil: end === null ? reached : earlierDay(reached, end) };
}

function chargeOf(outcome: AccountOutcome, state: AccountSnapshot, on: Day): ForeseenCharge {
  const subscriptionIds =
    outcome.kind === "charge"
      ? outcome.charges.map((charge) => charge.subscriptionId)
      : outcome.kind === "refuse"
        ? outcome.block
        : [];
  return { on, dueMinor: outcome.dueMinor, availableMinor: state.availableMinor, subscriptionIds };
}

function after(state: AccountSnapshot, outcome: AccountOutcome, day: Day): AccountSnapshot {
  if (outcome.kind !== "charge") return state;
  const { start } = periodHolding(day, state.anchorDay);
  return {
    ...state,
    availableMinor: state.availableMinor - outcome.dueMinor,
    charged: new Set([...state.charged, ...outcome.charges.map((row) => chargeKey(row.subscriptionId, start))]),
  };
}

/** The next day that something may become due by itself. */
function nextDay({ subscriptions, anchorDay }: AccountSnapshot, day: Day): Day {
  return subscriptions
    .filter((row) => row.startedOn > day)
    .reduce((soonest, row) => earlierDay(soonest, row.startedOn), periodHolding(day, anchorDay).end);
}

/** When the last subscription ends; null while one has no end. */
function lastEnd(subscriptions: readonly SubscriptionRow[]): Day | null {
  return subscriptions.reduce<Day | null>(
    (last, { endedOn }, index) =>
      endedOn === null || (index > 0 && last === null) ? null : last === null || endedOn > last ? endedOn : last,
    null,
  );
}
