import type { Catalog } from "@/server/domain/catalog";
import type { BlockRow, DiscountRow, ScheduledChangeRow, SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, startOfDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import { applyChanges } from "./apply-changes";
import { dueLines, type ProposedCharge } from "./due-lines";
import { type Moment, momentOf } from "./moment";
import { passGate, sumOf } from "./money-gate";
import { priceOf } from "./quote-period";
import type { HadTariff } from "./term-of";
import { type ChargedLine, type ProposedCredit, trueUp } from "./true-up";
import { type SubscriptionUsage, type UsageAnswer, usageLines } from "./usage-lines";

/** A debt that has its day: charged whatever the balance, to be paid by `dueOn`. */
export interface DueLater {
  /** What it was charged for; absent where nobody asks. */
  readonly subscriptionId?: string;
  readonly dueOn: Day;
  readonly amountMinor: Minor;
}

export interface AccountSnapshot {
  readonly accountId: string;
  readonly anchorDay: number;
  /** Balance + limits in force. */
  readonly availableMinor: Minor;
  readonly subscriptions: readonly SubscriptionRow[];
  readonly blocks: readonly BlockRow[];
  readonly discounts: readonly DiscountRow[];
  /** When it had tariffs with a trial or first months in subscriptions that have ended, by id. Absent: never. */
  readonly had?: ReadonlyMap<string, readonly HadTariff[]>;
  /** Changes that wait for their day. */
  readonly changes: readonly ScheduledChangeRow[];
  /** `chargeKey`s of charges that exist, of periods that began on or after `knownSince`. */
  readonly charged: ReadonlySet<string>;
  readonly knownSince: Day;
  /** First day whose month's book is open: what is charged late for a closed month is booked when it is charged. Absent: all are. */
  readonly openFrom?: Day;
  /** Charges that may have to be given back in part: asked for only where something could have cut them. */
  readonly lines: readonly ChargedLine[];
  /** Of what is sold for a number of charges: how many periods have been charged, by `termKey`. Absent where nothing is. */
  readonly made?: ReadonlyMap<string, number>;
  /** Charges that were due not long ago or will be; empty where nothing is charged whatever the balance. */
  readonly dueLater: readonly DueLater[];
  readonly paymentTermDays: number;
  readonly blockDelayDays: number;
  /** Of subscriptions charged for what they use; absent where there are none. */
  readonly usage?: readonly SubscriptionUsage[];
}

/** What charging does to one account. */
export interface AccountOutcome {
  readonly charges: readonly ProposedCharge[];
  readonly credits: readonly ProposedCredit[];
  /** Subscriptions that money does not suffice for, or whose debt is too old: their financial block opens. */
  readonly refused: readonly string[];
  /** Subscriptions whose financial block ends. */
  readonly lift: readonly string[];
  /** Everything that was due, charged or not. */
  readonly dueMinor: Minor;
  /** What the gate had before it. */
  readonly availableMinor: Minor;
}

const NONE: readonly never[] = [];
const NO_USAGE: UsageWithin = { lines: NONE, credits: NONE, left: NONE };

/**
 * What charging does to one account at a moment (a day is one): proposed − existing = new, then the gate. A second look after
 * the first was written proposes nothing.
 *
 * A subscription under an administrative or voluntary block is not charged ahead while the block is open. An open financial
 * block ends today if the gate is passed, so its days up to today are not paid for.
 */
export function proposeAccount(
  snapshot: AccountSnapshot,
  catalog: Catalog,
  at: Day | Moment,
  zone: string,
): AccountOutcome {
  const { today, arrearsUntil } = momentOf(at);
  // A block that is lifted is over with its days: what was charged ahead of them comes back now, and may suffice for more.
  let asked = snapshot;
  const lift: string[] = [];
  for (;;) {
    const outcome = lookOnce(asked, catalog, at, zone);
    lift.push(...outcome.lift);
    // Of a month that is past nothing is lifted, and without lines there is nothing to come back.
    if (outcome.lift.length === 0 || snapshot.lines.length === 0 || today !== arrearsUntil) return { ...outcome, lift };
    asked = { ...asked, blocks: asked.blocks.map((block) => liftedOn(block, outcome.lift, startOfDay(today, zone))) };
  }
}

function liftedOn(block: BlockRow, lift: readonly string[], untilAt: Date): BlockRow {
  const isLifted = block.reason === "financial" && block.untilAt === null && lift.includes(block.subscriptionId ?? "");
  return isLifted ? { ...block, untilAt } : block;
}

function lookOnce(snapshot: AccountSnapshot, catalog: Catalog, at: Day | Moment, zone: string): AccountOutcome {
  const { today, arrearsUntil, bookedSince } = momentOf(at);
  const subscriptions =
    snapshot.changes.length === 0
      ? snapshot.subscriptions
      : applyChanges(snapshot.subscriptions, snapshot.changes, today);
  const { anchorDay, discounts, had } = snapshot;
  const around = { anchorDay, discounts, subscriptions, ...(had && { had }) };
  const due: ProposedCharge[] = [];
  const settled: string[] = [];
  for (const subscription of subscriptions) {
    const blocks =
      snapshot.blocks.length === 0
        ? snapshot.blocks
        : snapshot.blocks.filter((block) => !block.subscriptionId || block.subscriptionId === subscription.id);
    const { lines, settled: isSettled } = dueLines({
      subscription,
      blocks,
      catalog,
      anchorDay: snapshot.anchorDay,
      today,
      arrearsUntil,
      bookedSince,
      zone,
      charged: snapshot.charged,
      ...(snapshot.made && { made: snapshot.made }),
      knownSince: snapshot.knownSince,
      around,
    });
    due.push(...lines);
    if (isSettled) settled.push(subscription.id);
  }
  const used = usageWithin(snapshot, catalog, momentOf(at), zone);
  due.push(...used.lines);
  if (snapshot.openFrom !== undefined && bookedSince === null) bookInOpenMonths(due, snapshot.openFrom, today);
  const lost =
    snapshot.lines.length === 0
      ? NONE
      : trueUp({ lines: snapshot.lines, subscriptions, blocks: snapshot.blocks, catalog, today: arrearsUntil, zone });
  const credits = used.credits.length === 0 ? lost : [...lost, ...used.credits];
  const availableMinor = availableOn(snapshot, today) + sumOf(credits);
  const { taken, refused } = passGate(due, availableMinor);
  const overdue = overdueSubscriptions(snapshot, subscriptions, catalog, today, credits);
  const refusedIds = [...new Set([...refused.map((line) => line.subscriptionId), ...overdue])];
  return {
    charges: withDueDays(taken, snapshot.paymentTermDays),
    credits,
    refused: refusedIds,
    lift: liftable(
      snapshot,
      [...settled.filter((id) => !used.left.includes(id)), ...taken.map((line) => line.subscriptionId)],
      refusedIds,
    ),
    dueMinor: sumOf(due),
    availableMinor,
  };
}

/** What belongs to a month that is closed by now is booked on the day it is charged: nothing lands in a closed month. */
function bookInOpenMonths(due: ProposedCharge[], openFrom: Day, today: Day): void {
  for (const [place, line] of due.entries()) if (line.bookedOn < openFrom) due[place] = { ...line, bookedOn: today };
}

interface UsageWithin extends UsageAnswer {
  /** Subscriptions whose usage the moment leaves to another. */
  readonly left: readonly string[];
}

/** What usage is charged for at the moment. A subscription of which a line belongs to another month is left to that, whole. */
function usageWithin(
  { usage = NONE, blocks }: AccountSnapshot,
  catalog: Catalog,
  { today, arrearsUntil, bookedSince }: Moment,
  zone: string,
): UsageWithin {
  if (usage.length === 0) return NO_USAGE;
  const isWithin = ({ bookedOn }: ProposedCharge) =>
    bookedOn <= today && (bookedSince === null || bookedOn >= bookedSince);
  const answers = usage.map((one) => ({
    ...usageLines({ usage: [one], blocks, catalog, today: arrearsUntil, zone }),
    subscriptionId: one.life.subscriptionId,
  }));
  const taken = answers.filter((answer) => answer.lines.every(isWithin));
  return {
    lines: taken.flatMap(({ lines }) => lines),
    credits: taken.flatMap(({ credits }) => credits),
    left: answers.filter((answer) => !taken.includes(answer)).map(({ subscriptionId }) => subscriptionId),
  };
}

/** What may be spent on `today`: what is owed only later is not owed yet. */
export function availableOn({ availableMinor, dueLater }: AccountSnapshot, today: Day): Minor {
  return dueLater.length === 0
    ? availableMinor
    : availableMinor + sumOf(dueLater.filter((debt) => debt.dueOn >= today));
}

/**
 * Subscriptions charged whatever the balance, of which a debt has been due for more than the account's delay: money pays the
 * oldest debt first and of one day's the largest, so what is missing beyond the younger ones is old, and it is missing for the
 * latest of the old ones. A subscription that is paid for stays open beside one that is not; where what is missing reaches back
 * beyond the debts that are known, all of them are behind.
 */
function overdueSubscriptions(
  snapshot: AccountSnapshot,
  subscriptions: readonly SubscriptionRow[],
  catalog: Catalog,
  today: Day,
  credits: readonly ProposedCredit[],
): string[] {
  if (snapshot.availableMinor >= 0n) return [];
  const limit = addDays(today, -snapshot.blockDelayDays);
  const young = sumOf(snapshot.dueLater.filter((debt) => debt.dueOn >= limit));
  let oldMinor = -(snapshot.availableMinor + young + sumOf(credits));
  if (oldMinor <= 0n) return [];
  const behind = new Set<string>();
  for (const debt of latestFirst(snapshot.dueLater.filter(({ dueOn }) => dueOn < limit))) {
    if (debt.subscriptionId === undefined || oldMinor <= 0n) break;
    behind.add(debt.subscriptionId);
    oldMinor -= debt.amountMinor;
  }
  const isKnown = oldMinor <= 0n;
  return subscriptions
    .filter((row) => !isKnown || behind.has(row.id))
    .filter((row) => row.startedOn <= today && (row.endedOn === null || row.endedOn > today))
    .filter((row) => priceOf(row, catalog, today).price?.moneyGate === "always")
    .map((row) => row.id);
}

/** The latest first, of one day's the smallest, of equal ones always the same. */
function latestFirst(debts: readonly DueLater[]): DueLater[] {
  const sign = (isBefore: boolean) => (isBefore ? -1 : 1);
  return [...debts].sort((a, b) => {
    if (a.dueOn !== b.dueOn) return sign(a.dueOn > b.dueOn);
    if (a.amountMinor !== b.amountMinor) return sign(a.amountMinor < b.amountMinor);
    return sign((a.subscriptionId ?? "") < (b.subscriptionId ?? ""));
  });
}

function withDueDays(lines: readonly ProposedCharge[], termDays: number): readonly ProposedCharge[] {
  return lines.some((line) => line.gate === "always")
    ? lines.map((line) => (line.gate === "always" ? { ...line, dueOn: addDays(line.bookedOn, termDays) } : line))
    : lines;
}

function liftable(snapshot: AccountSnapshot, paidFor: readonly string[], refused: readonly string[]): string[] {
  if (snapshot.blocks.length === 0) return [];
  const paid = new Set(paidFor);
  return snapshot.blocks.flatMap((block) =>
    block.reason === "financial" &&
    !block.untilAt &&
    block.subscriptionId &&
    paid.has(block.subscriptionId) &&
    !refused.includes(block.subscriptionId)
      ? [block.subscriptionId]
      : [],
  );
}
