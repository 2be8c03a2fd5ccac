import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { readAccount } from "@/server/domain/crm";
import { type LimitInForce, listLimitsInForce, readBalance } from "@/server/domain/ledger";
import {
  type AccountSnapshot,
  applyChanges,
  type Foreseen,
  foreseeCharges,
  missingMinor,
  quotePeriod,
} from "@/server/domain/rating";
import { isInForce, type SubscriptionRow } from "@/server/domain/subscriptions";
import { addDays, type Day, dayIn, earlierDay } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import { ceilToMajor, type Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";

export interface NextCharge {
  readonly balanceMinor: Minor;
  readonly creditLimitMinor: Minor;
  /** What temporary limits in force add to it, a promised payment included, and when the first of them ends. */
  readonly temporaryLimitMinor: Minor;
  readonly temporaryUntil: Date | null;
  /** Owed beyond every limit and every due day: the service is closed until it is paid. */
  readonly debtMinor: Minor;
  /** Day of the next charge; today when something is due and could not be charged. */
  readonly chargeOn: Day | null;
  readonly chargeMinor: Minor;
  readonly tariffIds: readonly string[];
  /** The service runs at least to this day (not counted); null while it is closed for money. */
  readonly paidUntil: Day | null;
  /** What is missing for that charge, kopecks; zero when there is enough. */
  readonly missingMinor: Minor;
  /** `missingMinor` up to a whole ruble: «рекомендуемый платёж». */
  readonly recommendedMinor: Minor;
  /** One whole period at today's prices, of the tariffs that will be in force by then. */
  readonly periodFeeMinor: Minor;
  readonly blocked: "financial" | "administrative" | "voluntary" | null;
  /** When the block that `blocked` names was placed, the earliest of several. */
  readonly blockedSince: Date | null;
}

/**
 * What will be charged next and whether there is enough: the billing code itself, stopped before the write, so that no
 * screen can promise what the run would not do.
 */
export async function readNextCharge(ctx: Context, accountId: string): Promise<NextCharge> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [{ account }, balanceMinor, limits, catalog] = await Promise.all([
    readAccount(ctx, accountId),
    readBalance(ctx, accountId),
    listLimitsInForce(ctx, accountId),
    readCatalog(ctx),
  ]);
  const [read] = await lookAtSnapshots(ctx, [accountId], catalog, today);
  assertInvariant(read, "runs.no_snapshot");
  const running = read.subscriptions.filter((row) => row.endedOn === null || row.endedOn > today);
  const snapshot = {
    ...read,
    blocks: read.blocks.filter(
      (block) => !block.subscriptionId || running.some((row) => row.id === block.subscriptionId),
    ),
  };
  const open = snapshot.blocks.filter((block) => isInForce(block, ctx.now()));
  const blocked =
    (["administrative", "voluntary", "financial"] as const).find((reason) =>
      open.some((block) => block.reason === reason),
    ) ?? null;
  const following = periodHolding(today, account.anchorDay).end;
  const { next, restMinor, coveredUntil } = foresee(snapshot, limits, { catalog, today, following, zone: ctx.zone });
  const lasting = running.filter(
    (row) => row.startedOn <= following && (row.endedOn === null || row.endedOn > following),
  );
  const debtMinor = next?.on === today ? 0n : missingMinor(spendable(snapshot, today), 0n);
  const missing = debtMinor || missingMinor(next?.availableMinor ?? restMinor, next?.dueMinor ?? 0n);
  const closesOn = closingDay(limits, spendable(snapshot, today), ctx.zone);
  const paidUntil = closesOn === null ? coveredUntil : earlierDay(coveredUntil, closesOn);
  const named = next ? running.filter((row) => next.subscriptionIds.includes(row.id)) : lasting;
  // What is planned for then is named and priced as it will be.
  const then = { ...snapshot, subscriptions: applyChanges(snapshot.subscriptions, snapshot.changes, following) };
  return {
    balanceMinor,
    creditLimitMinor: account.creditLimitMinor,
    temporaryLimitMinor: sumOf(limits),
    temporaryUntil: limits[0]?.untilAt ?? null,
    debtMinor,
    chargeOn: next?.on ?? null,
    chargeMinor: next?.dueMinor ?? 0n,
    tariffIds: applyChanges(named, snapshot.changes, next?.on ?? following).map((row) => row.tariffId),
    paidUntil: blocked || debtMinor > 0n || next?.on === today || running.length === 0 ? null : paidUntil,
    missingMinor: missing,
    recommendedMinor: ceilToMajor(missing),
    periodFeeMinor: applyChanges(lasting, snapshot.changes, following).reduce(
      (sum, row) => sum + wholeFeeOf(row, then, catalog, following),
      0n,
    ),
    blocked,
    blockedSince: open.find((block) => block.reason === blocked)?.fromAt ?? null,
  };
}

const sumOf = (rows: readonly { amountMinor: Minor }[]): Minor => rows.reduce((sum, row) => sum + row.amountMinor, 0n);

/** Balance and limits, without debts for which the service is not closed yet. */
function spendable({ availableMinor, dueLater, blockDelayDays }: AccountSnapshot, today: Day): Minor {
  const limit = addDays(today, -blockDelayDays);
  return availableMinor + sumOf(dueLater.filter((debt) => debt.dueOn >= limit));
}

interface Ahead {
  readonly catalog: Catalog;
  readonly today: Day;
  /** Start of the account's next period. */
  readonly following: Day;
  readonly zone: string;
}

/**
 * What is due today finds all the credit of today; what comes with the next period, only the limits that last until then.
 */
function foresee(
  snapshot: AccountSnapshot,
  limits: readonly LimitInForce[],
  { catalog, today, following, zone }: Ahead,
): Foreseen {
  const now = foreseeCharges(snapshot, catalog, today, zone);
  const ending = limits.filter((limit) => dayIn(limit.untilAt, zone) <= following);
  if (ending.length === 0 || now.next?.on === today) return now;
  const availableMinor = snapshot.availableMinor - sumOf(ending);
  const later = foreseeCharges({ ...snapshot, availableMinor }, catalog, today, zone);
  return later.next?.on === today ? now : later;
}

/** The day on which a limit runs out and leaves a debt that nothing covers; null when the rest is enough. */
function closingDay(limits: readonly LimitInForce[], spendableMinor: Minor, zone: string): Day | null {
  let leftMinor = spendableMinor;
  for (const limit of limits) {
    leftMinor -= limit.amountMinor;
    if (leftMinor < 0n) return dayIn(limit.untilAt, zone);
  }
  return null;
}

/** What a whole period of a subscription costs, discounts taken off. */
function wholeFeeOf(row: SubscriptionRow, snapshot: AccountSnapshot, catalog: Catalog, on: Day): Minor {
  const quote = quotePeriod(row, catalog, on, snapshot);
  return quote.feeMinor - quote.discountMinor;
}
