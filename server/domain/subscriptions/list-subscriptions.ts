import { sql } from "drizzle-orm";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { remembered } from "@/server/platform/snapshot";
import type { BlockReason } from "./constants";
import { listMadeChanges } from "./list-made-changes";
import { earlierTerms } from "./rules/terms-of";

export interface PersonalPriceRow {
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly feeMinor: Minor;
}

export interface BlockRow {
  readonly id: string;
  readonly subscriptionId: string | null;
  readonly reason: BlockReason;
  readonly fromAt: Date;
  readonly untilAt: Date | null;
}

export interface SubscriptionRow {
  readonly accountId: string;
  readonly id: string;
  readonly tariffId: string;
  readonly quantity: number;
  readonly startedOn: Day;
  /** How many times the tariff has been changed, and from when the present one is in force (null: from the start). */
  readonly term: number;
  readonly termFrom: Day | null;
  /** Periods that began before this day were charged by another system; null: all are ours. */
  readonly billedFrom: Day | null;
  readonly endedOn: Day | null;
  readonly personalPrices: readonly PersonalPriceRow[];
  /** The tariffs it had before, earliest first: what they owe is charged by them. Absent while the first tariff lasts. */
  readonly earlier?: readonly EarlierTerm[];
}

/** A stretch of a subscription's life under a tariff that was changed, `[from, to)`, with the prices agreed for it. */
export interface EarlierTerm {
  readonly term: number;
  readonly tariffId: string;
  readonly from: Day;
  readonly to: Day;
  readonly personalPrices: readonly PersonalPriceRow[];
}

/**
 * The subscriptions of many accounts that are in force on or after `from`, with their personal prices;
 * without `from`, all there ever were. Empty accounts are absent from the map.
 */
export async function listSubscriptions(
  ctx: Context,
  accountIds: readonly string[],
  from?: Day,
): Promise<Map<string, SubscriptionRow[]>> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  return remembered(ctx, ["subscriptions.list", accountIds, from], () => selectSubscriptions(ctx, accountIds, from));
}

async function selectSubscriptions(
  ctx: Context,
  accountIds: readonly string[],
  from: Day | undefined,
): Promise<Map<string, SubscriptionRow[]>> {
  const [rows, personal] = await Promise.all([
    rowsOf<{
      account_id: string;
      id: string;
      tariff_id: string;
      quantity: number;
      started_on: Day;
      term: number;
      term_from: Day | null;
      billed_from: Day | null;
      ended_on: Day | null;
    }>(
      ctx,
      sql`
      select account_id, id, tariff_id, quantity, started_on, term, term_from, billed_from, ended_on from subscriptions
      where account_id = ${anyOf(accountIds, "uuid")}
        and (${from ?? null}::date is null or ended_on is null or ended_on > ${from ?? null}::date)
      order by account_id, started_on, id`,
    ),
    remembered(ctx, ["subscriptions.prices", accountIds], () => listPersonalPrices(ctx, accountIds)),
  ]);
  const changes = await listMadeChanges(
    ctx,
    rows.filter((row) => row.term > 0).map((row) => row.account_id),
  );
  return Map.groupBy(
    rows.map((row) => ({
      accountId: row.account_id,
      id: row.id,
      tariffId: row.tariff_id,
      quantity: row.quantity,
      startedOn: row.started_on,
      term: row.term,
      termFrom: row.term_from,
      billedFrom: row.billed_from,
      endedOn: row.ended_on,
      personalPrices: personal.get(row.id) ?? [],
      ...(row.term > 0 && {
        earlier: earlierTerms(
          {
            term: row.term,
            tariffId: row.tariff_id,
            startedOn: row.started_on,
            termFrom: row.term_from,
            endedOn: row.ended_on,
          },
          changes.get(row.id) ?? [],
          personal.get(row.id) ?? [],
        ),
      }),
    })),
    (row) => row.accountId,
  );
}

/** By subscription, earliest first. Few have any. */
async function listPersonalPrices(
  ctx: Context,
  accountIds: readonly string[],
): Promise<Map<string, PersonalPriceRow[]>> {
  const rows = await rowsOf<{ subscription_id: string; valid_from: Day; valid_to: Day | null; fee_minor: string }>(
    ctx,
    sql`
    select subscription_id, valid_from, valid_to, fee_minor from personal_prices
    where account_id = ${anyOf(accountIds, "uuid")} and (valid_to is null or valid_to > valid_from)
    order by subscription_id, valid_from`,
  );
  const prices = new Map<string, PersonalPriceRow[]>();
  for (const row of rows) {
    const price = { validFrom: row.valid_from, validTo: row.valid_to, feeMinor: BigInt(row.fee_minor) };
    const known = prices.get(row.subscription_id);
    if (known) known.push(price);
    else prices.set(row.subscription_id, [price]);
  }
  return prices;
}

/** What fees are cheaper by for `[validFrom, validTo)`; of `percentBp` (hundredths of a percent) and `amountMinor` one is set. */
export interface DiscountRow {
  readonly id: string;
  /** Null = every subscription of the account. */
  readonly subscriptionId: string | null;
  readonly source: string;
  readonly label: string;
  readonly percentBp: number | null;
  readonly amountMinor: Minor | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** Discounts of many accounts that are in force on or after `from`, by account. Few have any. */
export async function listDiscounts(
  ctx: Context,
  accountIds: readonly string[],
  from: Day,
): Promise<Map<string, DiscountRow[]>> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    subscription_id: string | null;
    source: string;
    label: string;
    percent_bp: number | null;
    amount_minor: string | null;
    valid_from: Day;
    valid_to: Day | null;
  }>(
    ctx,
    sql`
    select account_id, id, subscription_id, source, label, percent_bp, amount_minor, valid_from, valid_to from discounts
    where account_id = ${anyOf(accountIds, "uuid")} and (valid_to is null or valid_to > ${from}::date)
    order by account_id, valid_from, id`,
  );
  return Map.groupBy(
    rows.map((row) => ({
      accountId: row.account_id,
      id: row.id,
      subscriptionId: row.subscription_id,
      source: row.source,
      label: row.label,
      percentBp: row.percent_bp,
      amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
      validFrom: row.valid_from,
      validTo: row.valid_to,
    })),
    (row) => row.accountId,
  );
}

/** A tariff change that waits for its day. */
export interface ScheduledChangeRow {
  readonly id: string;
  readonly subscriptionId: string;
  readonly toTariffId: string;
  readonly effectiveOn: Day;
}

/** Scheduled changes of many accounts, by account. Few have any. */
export async function listScheduledChanges(
  ctx: Context,
  accountIds: readonly string[],
): Promise<Map<string, ScheduledChangeRow[]>> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  return remembered(ctx, ["subscriptions.changes", accountIds], () => selectScheduledChanges(ctx, accountIds));
}

async function selectScheduledChanges(
  ctx: Context,
  accountIds: readonly string[],
): Promise<Map<string, ScheduledChangeRow[]>> {
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    subscription_id: string;
    to_tariff_id: string;
    effective_on: Day;
  }>(
    ctx,
    sql`
    select account_id, id, subscription_id, to_tariff_id, effective_on from subscription_changes
    where account_id = ${anyOf(accountIds, "uuid")} and state = 'scheduled' order by account_id, effective_on, id`,
  );
  return Map.groupBy(
    rows.map((row) => ({
      accountId: row.account_id,
      id: row.id,
      subscriptionId: row.subscription_id,
      toTariffId: row.to_tariff_id,
      effectiveOn: row.effective_on,
    })),
    (row) => row.accountId,
  );
}

/** Blocks of many accounts that were open at some moment at or after `since`, by account. */
export async function listBlocks(
  ctx: Context,
  accountIds: readonly string[],
  since: Date,
): Promise<Map<string, BlockRow[]>> {
  const scope = requirePermission(ctx, "account:read");
  if (scope.kind === "customer") await requireAccounts(ctx, scope, accountIds);
  const rows = await rowsOf<{
    account_id: string;
    id: string;
    subscription_id: string | null;
    reason: BlockReason;
    from_at: string;
    until_at: string | null;
  }>(
    ctx,
    sql`
    select account_id, id, subscription_id, reason, from_at, until_at from blocks
    where account_id = ${anyOf(accountIds, "uuid")} and (until_at is null or until_at >= ${since.toISOString()}::timestamptz)
    order by account_id, from_at`,
  );
  return Map.groupBy(
    rows.map((row) => ({
      accountId: row.account_id,
      id: row.id,
      subscriptionId: row.subscription_id,
      reason: row.reason,
      fromAt: new Date(row.from_at),
      untilAt: row.until_at ? new Date(row.until_at) : null,
    })),
    (row) => row.accountId,
  );
}
