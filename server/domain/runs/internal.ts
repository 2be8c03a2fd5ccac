import { type Catalog, readCatalog } from "@/server/domain/catalog";
import {
  type AccountOutcome,
  type AccountSnapshot,
  type Moment,
  momentOf,
  type ProposedCharge,
  proposeAccount,
} from "@/server/domain/rating";
import {
  applyScheduledChanges,
  closeFinancialBlocks,
  type DueChange,
  openFinancialBlocks,
  type SubscriptionKey,
} from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { isDomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { loadSnapshots, type lookAtSnapshots } from "./load-snapshots";
import { writeCharges } from "./write-charges";

export interface Rated {
  readonly snapshot: AccountSnapshot;
  readonly outcome: AccountOutcome;
}

/** An account that cannot be rated, and why; nothing of it is written. */
export interface Parked {
  readonly accountId: string;
  readonly reason: string;
}

export interface RatedAccounts {
  readonly rated: readonly Rated[];
  readonly parked: readonly Parked[];
}

/** Lets the rule look at each account. One that cannot be rated is parked; the others go on. */
export function rateAccounts(
  snapshots: readonly AccountSnapshot[],
  catalog: Catalog,
  at: Day | Moment,
  zone: string,
): RatedAccounts {
  const rated: Rated[] = [];
  const parked: Parked[] = [];
  for (const snapshot of snapshots) {
    try {
      rated.push({ snapshot, outcome: proposeAccount(snapshot, catalog, at, zone) });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      parked.push({ accountId: snapshot.accountId, reason: error.reason });
    }
  }
  return { rated, parked };
}

/**
 * Reads the accounts and lets the rule look at them as of a moment: everything that charging does before it writes.
 *
 * Of a day that is past, charges are asked for as they were then and paid for with what there is now: a debt that has become
 * due since then is owed.
 */
export async function rateAsOf(
  ctx: Context,
  load: typeof loadSnapshots | typeof lookAtSnapshots,
  accountIds: readonly string[],
  at: Day | Moment,
): Promise<RatedAccounts> {
  const moment = momentOf(at);
  const catalog = await readCatalog(ctx);
  const snapshots = await load(ctx, accountIds, catalog, moment.today, { arrearsUntil: moment.arrearsUntil });
  const now = dayIn(ctx.now(), ctx.zone);
  const known = moment.today < now ? snapshots.map((one) => withoutOverdue(one, now)) : snapshots;
  return rateAccounts(known, catalog, moment, ctx.zone);
}

function withoutOverdue(snapshot: AccountSnapshot, now: Day): AccountSnapshot {
  return snapshot.dueLater.length === 0
    ? snapshot
    : { ...snapshot, dueLater: snapshot.dueLater.filter((debt) => debt.dueOn >= now) };
}

export interface ChargedAccounts extends RatedAccounts {
  readonly written: WrittenOutcomes;
}

/**
 * Charges accounts as of a moment, under the lock of their money. Of a day that is past only money is written: whether a
 * service is open is a question of the present, and the daily charge answers it. `bookedAt` is what transfers carry as the
 * time they happened, when it is not now.
 */
export async function chargeAccounts(
  tx: Context,
  accountIds: readonly string[],
  at: Day | Moment,
  bookedAt?: Date,
): Promise<ChargedAccounts> {
  const { today } = momentOf(at);
  const { rated, parked } = await rateAsOf(tx, loadSnapshots, accountIds, at);
  const isPast = today < dayIn(tx.now(), tx.zone);
  const written = await writeOutcomes(
    bookedAt ? { ...tx, now: () => bookedAt } : tx,
    isPast ? rated.map(leavingBlocks) : rated,
    today,
  );
  return { rated, parked, written };
}

function leavingBlocks({ snapshot, outcome }: Rated): Rated {
  return { snapshot, outcome: { ...outcome, refused: [], lift: [] } };
}

export interface WrittenOutcomes {
  readonly charges: readonly ProposedCharge[];
  readonly creditedMinor: Minor;
  readonly opened: readonly SubscriptionKey[];
  /** Accounts whose services have to follow: a block opened or closed, a tariff changed. */
  readonly turned: readonly string[];
}

/** Writes what the rule said, in sets: changes first, then money, then blocks. */
export async function writeOutcomes(tx: Context, rated: readonly Rated[], today: Day): Promise<WrittenOutcomes> {
  const charges = rated.flatMap(({ outcome }) => outcome.charges);
  const credits = rated.flatMap(({ outcome }) => outcome.credits);
  const changes = rated.flatMap(({ snapshot }) => dueChanges(snapshot, today));
  const opened = rated.flatMap(newlyBlocked);
  const closed = rated.flatMap(({ snapshot, outcome }) =>
    outcome.lift.map((subscriptionId) => ({ accountId: snapshot.accountId, subscriptionId })),
  );
  if (changes.length > 0) await applyScheduledChanges(tx, changes, today);
  // Alone: its second statement must never start after another's failure has rolled the transaction back.
  await writeCharges(tx, charges, credits, today);
  await Promise.all([openFinancialBlocks(tx, opened), closeFinancialBlocks(tx, closed)]);
  return {
    charges,
    creditedMinor: credits.reduce((sum, credit) => sum + credit.amountMinor, 0n),
    opened,
    turned: [...new Set([...opened, ...closed, ...changes].map((key) => key.accountId))],
  };
}

/** A change of a subscription that ended before its day has nothing left to change, but is settled all the same. */
function dueChanges({ accountId, changes }: AccountSnapshot, today: Day): DueChange[] {
  return changes.flatMap((change) =>
    change.effectiveOn <= today ? [{ accountId, id: change.id, subscriptionId: change.subscriptionId }] : [],
  );
}

function newlyBlocked({ snapshot: { accountId, blocks }, outcome }: Rated): SubscriptionKey[] {
  if (outcome.refused.length === 0) return [];
  const open = new Set(
    blocks.filter((block) => block.reason === "financial" && !block.untilAt).map((block) => block.subscriptionId),
  );
  return outcome.refused.filter((id) => !open.has(id)).map((subscriptionId) => ({ accountId, subscriptionId }));
}
