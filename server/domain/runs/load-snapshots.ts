import { type SQL, sql } from "drizzle-orm";
import type { Catalog } from "@/server/domain/catalog";
import { readPaymentTermDays } from "@/server/domain/invoices";
import { availableMinor, limitsInForce } from "@/server/domain/ledger";
import { type AccountSnapshot, chargeKey, type DueLater, type LineKind } from "@/server/domain/rating";
import {
  type BlockRow,
  listBlocks,
  listDiscounts,
  listScheduledChanges,
  listSubscriptions,
  type SubscriptionRow,
} from "@/server/domain/subscriptions";
import { addDays, type Day, startOfDay, toDay } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";
import { DEFAULT_BLOCK_DELAY_DAYS } from "./constants";
import { listChargedLines } from "./list-charged-lines";
import { listDueLater } from "./list-due-later";
import { listHadTariffs } from "./list-had-tariffs";
import { listMadePeriods } from "./list-made-periods";
import { listOpenFrom } from "./list-open-from";
import { loadUsage } from "./load-usage";
import { type Reach, reachOf } from "./rules/reach";

/**
 * Everything that charging needs to know of the accounts, under the lock of their money, in a handful of queries however
 * many there are. Closed and unknown accounts are absent.
 */
export async function loadSnapshots(
  tx: Context,
  accountIds: readonly string[],
  catalog: Catalog,
  today: Day,
  options: ReadOptions = {},
): Promise<AccountSnapshot[]> {
  return readSnapshots(tx, await openAccounts(tx, accountIds, today, LOCK), catalog, today, options);
}

/** The same, looked at without a lock: for questions, never for a write. */
export async function lookAtSnapshots(
  ctx: Context,
  accountIds: readonly string[],
  catalog: Catalog,
  today: Day,
  options: ReadOptions = {},
): Promise<AccountSnapshot[]> {
  return readSnapshots(ctx, await openAccounts(ctx, accountIds, today, sql``), catalog, today, options);
}

interface AccountFacts {
  readonly id: string;
  readonly anchorDay: number;
  /** Balance + limits in force. */
  readonly availableMinor: bigint;
  readonly paymentTermDays: number;
  readonly blockDelayDays: number;
}

export interface ReadOptions {
  /** Read every charge that could be given back, not only those that something has cut: for a question of what if. */
  readonly allLines?: boolean;
  /** Usage of periods that ended by it is due, where that is not `today`: what is used is charged afterwards. */
  readonly arrearsUntil?: Day;
}

async function readSnapshots(
  ctx: Context,
  accounts: readonly AccountFacts[],
  catalog: Catalog,
  today: Day,
  options: ReadOptions = {},
): Promise<AccountSnapshot[]> {
  const accountIds = accounts.map((account) => account.id);
  if (accountIds.length === 0) return [];
  const reach = reachOf(catalog, today);
  const endsFrom = reach.looksBack ? addDays(options.arrearsUntil ?? today, 1 - reach.longestDays) : addDays(today, 1);
  const [subscriptions, blocks, discounts, changes, charged] = await Promise.all([
    listSubscriptions(ctx, accountIds, reach.since),
    listBlocks(ctx, accountIds, startOfDay(reach.linesSince, ctx.zone)),
    listDiscounts(ctx, accountIds, reach.since),
    listScheduledChanges(ctx, accountIds),
    listChargeKeys(ctx, accountIds, reach, { today, endsFrom }),
  ]);
  const cut = options.allLines
    ? accounts
    : accounts.filter(({ id }) => mayBeCut(subscriptions.get(id) ?? [], blocks.get(id) ?? [], today));
  const [lines, dueLater, usage, made, openFrom, had] = await Promise.all([
    listChargedLines(
      ctx,
      cut.map((account) => account.id),
      reach.linesSince,
      "fees",
    ),
    reach.owesLater ? listDueLater(ctx, accounts, today, reach) : NO_DEBTS,
    loadUsage(ctx, accountIds, catalog, options.arrearsUntil ?? today),
    listMadePeriods(ctx, subscriptions, catalog),
    listOpenFrom(ctx, accountIds),
    listHadTariffs(ctx, accountIds, catalog, today),
  ]);
  const linesOf = Map.groupBy(lines, (line) => line.accountId);
  return accounts.map((account) => ({
    accountId: account.id,
    anchorDay: account.anchorDay,
    availableMinor: account.availableMinor,
    subscriptions: subscriptions.get(account.id) ?? [],
    blocks: blocks.get(account.id) ?? [],
    discounts: discounts.get(account.id) ?? [],
    changes: changes.get(account.id) ?? [],
    charged: charged.get(account.id) ?? NONE,
    knownSince: reach.since,
    lines: linesOf.get(account.id) ?? [],
    dueLater: dueLater.get(account.id) ?? [],
    paymentTermDays: account.paymentTermDays,
    blockDelayDays: account.blockDelayDays,
    usage: usage.get(account.id) ?? [],
    ...(made && { made }),
    ...(had.has(account.id) && { had: had.get(account.id) }),
    ...(openFrom && { openFrom: openFrom.get(account.id) ?? EVER }),
  }));
}

const NONE: ReadonlySet<string> = new Set();
const NO_DEBTS: ReadonlyMap<string, DueLater[]> = new Map();
/** First day of a book that has no closed month. */
const EVER = toDay("1970-01-01");

/** Of the accounts' money, in id order, as `lockBalances` takes it. */
const LOCK = sql`for update of b`;

async function openAccounts(
  tx: Context,
  accountIds: readonly string[],
  today: Day,
  lock: SQL,
): Promise<AccountFacts[]> {
  const asked = rowsOf<{
    id: string;
    anchor_day: number;
    credit_limit_minor: string;
    balance_minor: string;
    temporary_minor: string;
    payment_term_days: number | null;
    block_delay_days: number | null;
  }>(
    tx,
    sql`
    select a.id, a.anchor_day, a.credit_limit_minor, b.balance_minor, coalesce(l.amount_minor, 0) as temporary_minor,
           a.payment_term_days, a.block_delay_days
    from accounts a join account_balances b on b.account_id = a.id
    left join ${limitsInForce(accountIds, tx.now())} l on l.account_id = a.id
    where a.id = ${anyOf(accountIds, "uuid")} and (a.closed_on is null or a.closed_on > ${today})
    order by a.id ${lock}`,
  );
  const [rows, paymentTermDays] = await Promise.all([asked, readPaymentTermDays(tx)]);
  return rows.map((row) => ({
    id: row.id,
    anchorDay: row.anchor_day,
    availableMinor: availableMinor(
      BigInt(row.balance_minor),
      BigInt(row.credit_limit_minor),
      BigInt(row.temporary_minor),
    ),
    paymentTermDays: row.payment_term_days ?? paymentTermDays,
    blockDelayDays: row.block_delay_days ?? DEFAULT_BLOCK_DELAY_DAYS,
  }));
}

/**
 * Keys of the charges that exist and may be asked for, fees aside: of periods that are not over; where something is charged by the
 * day or afterwards, also of the period before the one that holds the end of arrears; of single sums, all that are known.
 */
async function listChargeKeys(
  ctx: Context,
  accountIds: readonly string[],
  reach: Reach,
  { today, endsFrom }: { readonly today: Day; readonly endsFrom: Day },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await rowsOf<{
    account_id: string;
    subscription_id: string;
    term: number;
    period_start: Day;
    kind: LineKind;
  }>(
    ctx,
    sql`
    select account_id, subscription_id, term, period_start, kind from charges
    where account_id = ${anyOf(accountIds, "uuid")} and period_start between ${reach.since} and ${today}
      and tariff_id is not null
      and (period_end >= ${endsFrom} or kind = 'one_off')`,
  );
  const keys = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = chargeKey(row.subscription_id, row.term, row.period_start, row.kind);
    const known = keys.get(row.account_id);
    if (known) known.add(key);
    else keys.set(row.account_id, new Set([key]));
  }
  return keys;
}

/** Whether something may have taken days from what was charged: a block, an end, a change. */
function mayBeCut(subscriptions: readonly SubscriptionRow[], blocks: readonly BlockRow[], today: Day): boolean {
  return (
    blocks.length > 0 ||
    subscriptions.some((row) => row.termFrom !== null || (row.endedOn !== null && row.endedOn <= today))
  );
}
