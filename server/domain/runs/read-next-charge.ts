import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { readAccount } from "@/server/domain/crm";
import { readBalance } from "@/server/domain/ledger";
import { type AccountSnapshot, foreseeCharges, missingMinor, quotePeriod } from "@/server/domain/rating";
import type { SubscriptionRow } from "@/server/domain/subscriptions";
import { type Day, dayIn } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import { ceilToMajor, type Minor } from "@/server/kernel/money";
import { periodHolding } from "@/server/kernel/period";
import type { Context } from "@/server/platform/context";
import { lookAtSnapshots } from "./load-snapshots";

export interface NextCharge {
  readonly balanceMinor: Minor;
  readonly creditLimitMinor: Minor;
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
  /** One whole period at today's prices. */
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
  const [{ account }, balanceMinor, catalog] = await Promise.all([
    readAccount(ctx, accountId),
    readBalance(ctx, accountId),
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
  const open = snapshot.blocks.filter((block) => !block.untilAt);
  const blocked =
    (["administrative", "voluntary", "financial"] as const).find((reason) =>
      open.some((block) => block.reason === reason),
    ) ?? null;
  const { next, restMinor, coveredUntil } = foreseeCharges(snapshot, catalog, today, ctx.zone);
  const following = periodHolding(today, account.anchorDay).end;
  const lasting = running.filter(
    (row) => row.startedOn <= following && (row.endedOn === null || row.endedOn > following),
  );
  const missing = missingMinor(next?.availableMinor ?? restMinor, next?.dueMinor ?? 0n);
  const named = next ? running.filter((row) => next.subscriptionIds.includes(row.id)) : lasting;
  return {
    balanceMinor,
    creditLimitMinor: account.creditLimitMinor,
    chargeOn: next?.on ?? null,
    chargeMinor: next?.dueMinor ?? 0n,
    tariffIds: named.map((row) => row.tariffId),
    paidUntil: blocked || next?.on === today || running.length === 0 ? null : coveredUntil,
    missingMinor: missing,
    recommendedMinor: ceilToMajor(missing),
    periodFeeMinor: lasting.reduce((sum, row) => sum + wholeFeeOf(row, snapshot, catalog, following), 0n),
    blocked,
    blockedSince: open.find((block) => block.reason === blocked)?.fromAt ?? null,
  };
}

/** What a whole period of a subscription costs, discounts taken off. */
function wholeFeeOf(row: SubscriptionRow, snapshot: AccountSnapshot, catalog: Catalog, on: Day): Minor {
  const quote = quotePeriod(row, catalog, on, snapshot);
  return quote.feeMinor - quote.discountMinor;
}
