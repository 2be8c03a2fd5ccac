import { asc, eq, sql } from "drizzle-orm";
import { accounts, sandboxPayments } from "@/db/schema";
import { readCatalog } from "@/server/domain/catalog";
import { requirePermission } from "@/server/domain/identity";
import { type ListedDocument, listDocuments } from "@/server/domain/invoices";
import { readBalance } from "@/server/domain/ledger";
import type { ServiceState } from "@/server/domain/provisioning";
import { type ChargeLine, listCharges, type NextCharge, readNextCharge } from "@/server/domain/runs";
import { type BlockReason, isInForce, listBlocks, listSubscriptions } from "@/server/domain/subscriptions";
import { addDays, addMonths, type Day, dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { type CopyRow, clockContext, readCopyRow, requireSandbox } from "./internal";
import { type BalanceDay, type CopyMonth, curveOf, type DayMovement, monthsOf } from "./rules/copy-months";
import { CopyInput } from "./schema";

export interface CopySubscription {
  readonly id: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly state: "planned" | "running" | "ended";
  /** What the network would be told, of a subscription that has a service. */
  readonly service: ServiceState | null;
  /** Reasons that hold it now. */
  readonly blocks: readonly BlockReason[];
}

export interface CopyCredit {
  readonly id: string;
  readonly bookedOn: Day;
  readonly amountMinor: Minor;
  readonly reason: string;
}

/** A block that began or was in force while the copy lived. */
export interface CopyBlock {
  readonly id: string;
  readonly reason: BlockReason;
  readonly fromOn: Day;
  /** Not counted; null while it lasts. */
  readonly untilOn: Day | null;
}

export interface CopyPayment {
  readonly id: string;
  readonly paidOn: Day;
  readonly amountMinor: Minor;
  readonly posted: boolean;
}

export interface CopyView {
  readonly copyId: string;
  readonly ordinal: number;
  readonly sourceAccountId: string;
  readonly accountNumber: string;
  readonly copiedAt: Date;
  readonly clockAt: Date;
  readonly copiedOn: Day;
  readonly clockOn: Day;
  readonly balanceMinor: Minor;
  /** Null of an account that is closed. */
  readonly next: NextCharge | null;
  readonly subscriptions: readonly CopySubscription[];
  /** What was charged under the copy's clock, the latest first, and what was given back. */
  readonly charges: readonly ChargeLine[];
  readonly credits: readonly CopyCredit[];
  readonly payments: readonly CopyPayment[];
  readonly blocks: readonly CopyBlock[];
  /** Of the months that its clock has passed, the latest first. */
  readonly documents: readonly ListedDocument[];
  readonly months: readonly CopyMonth[];
  readonly curve: readonly BalanceDay[];
}

/** A copy as its screen shows it: what its clock has brought, month by month, and where it stands. */
export async function readCopy(ctx: Context, raw: CopyInput): Promise<CopyView> {
  requirePermission(ctx, "sandbox:use");
  const { copyId } = CopyInput.parse(raw);
  await requireSandbox(ctx);
  const copy = await readCopyRow(ctx, copyId);
  const at = clockContext(ctx, copy.clockAt);
  const [copiedOn, clockOn] = [dayIn(copy.copiedAt, ctx.zone), dayIn(copy.clockAt, ctx.zone)];
  const [
    account,
    balanceMinor,
    subscriptions,
    blocks,
    charges,
    credits,
    payments,
    documents,
    { openingMinor, movements },
  ] = await Promise.all([
    readAccountRow(at, copyId),
    readBalance(at, copyId),
    listCopySubscriptions(at, copyId),
    listBlocks(at, [copyId], copy.copiedAt),
    listOwnCharges(at, copy, copiedOn),
    listCredits(at, copy),
    listPayments(at, copyId),
    listDocuments(at, { accountId: copyId, limit: MOST_DOCUMENTS }),
    readMovements(at, copyId),
  ]);
  const open = account.closedOn === null || account.closedOn > clockOn;
  const lived = { copiedOn, clockOn, openingMinor, movements };
  return {
    copyId,
    ordinal: copy.ordinal,
    sourceAccountId: copy.sourceAccountId,
    accountNumber: account.number,
    copiedAt: copy.copiedAt,
    clockAt: copy.clockAt,
    copiedOn,
    clockOn,
    balanceMinor,
    next: open ? await readNextCharge(at, copyId) : null,
    subscriptions,
    charges,
    credits,
    payments,
    blocks: (blocks.get(copyId) ?? [])
      .filter(({ fromAt, untilAt }) => fromAt <= copy.clockAt && (untilAt === null || untilAt > fromAt))
      .map(({ id, reason, fromAt, untilAt }) => ({
        id,
        reason,
        fromOn: dayIn(fromAt, ctx.zone),
        untilOn: untilAt && untilAt <= copy.clockAt ? dayIn(untilAt, ctx.zone) : null,
      })),
    documents,
    months: monthsOf(lived),
    curve: curveOf(lived),
  };
}

/** Several of every month a copy may be moved through. */
const MOST_DOCUMENTS = 500;

async function readAccountRow(ctx: Context, copyId: string) {
  const [row] = await ctx.db
    .select({ number: accounts.number, closedOn: accounts.closedOn })
    .from(accounts)
    .where(eq(accounts.id, copyId));
  return row ?? { number: "", closedOn: null };
}

async function listCopySubscriptions(at: Context, copyId: string): Promise<CopySubscription[]> {
  const [catalog, rows, blocks, services] = await Promise.all([
    readCatalog(at),
    listSubscriptions(at, [copyId]),
    listBlocks(at, [copyId], at.now()),
    rowsOf<{ subscription_id: string; desired_state: ServiceState }>(
      at,
      sql`select subscription_id, desired_state from services where account_id = ${copyId} order by id`,
    ),
  ]);
  const today = dayIn(at.now(), at.zone);
  const holding = (blocks.get(copyId) ?? []).filter((block) => isInForce(block, at.now()));
  const serviceOf = new Map(services.map((row) => [row.subscription_id, row.desired_state]));
  return (rows.get(copyId) ?? []).map((row) => {
    const tariff = catalog.tariffs.get(row.tariffId);
    const ended = row.endedOn !== null && row.endedOn <= today;
    return {
      id: row.id,
      nameRu: tariff?.nameRu ?? "",
      nameEn: tariff?.nameEn ?? "",
      state: ended ? "ended" : row.startedOn > today ? "planned" : "running",
      service: serviceOf.get(row.id) ?? null,
      blocks: [
        ...new Set(
          holding
            .filter((one) => one.subscriptionId === null || one.subscriptionId === row.id)
            .map((one) => one.reason),
        ),
      ],
    };
  });
}

/** Without what the main database had charged before: rows are dated by the clock of the database, whatever the copy's says. */
async function listOwnCharges(at: Context, copy: CopyRow, copiedOn: Day): Promise<ChargeLine[]> {
  const keyOf = (one: { subscriptionId: string; term: number; periodStart: string; kind: string }) =>
    `${one.subscriptionId} ${one.term} ${one.periodStart} ${one.kind}`;
  const [lines, own] = await Promise.all([
    listCharges(at, {
      accountId: copy.accountId,
      from: addMonths(copiedOn, -REACH_MONTHS),
      to: addDays(dayIn(at.now(), at.zone), 1),
    }),
    rowsOf<{ subscriptionId: string; term: number; periodStart: string; kind: string }>(
      at,
      sql`
      select c.subscription_id as "subscriptionId", c.term, c.period_start as "periodStart", c.kind
      from charges c join sandbox_copies s on s.account_id = c.account_id
      where c.account_id = ${copy.accountId} and c.created_at > s.created_at`,
    ),
  ]);
  const keys = new Set(own.map(keyOf));
  return lines.filter((line) => keys.has(keyOf(line)));
}

/** Periods that a copy may be charged for began at most so long before it. */
const REACH_MONTHS = 26;

async function listCredits(at: Context, copy: CopyRow): Promise<CopyCredit[]> {
  const rows = await rowsOf<{ id: string; booked_on: Day; amount_minor: string; reason: string }>(
    at,
    sql`
    select j.id, j.booked_on, j.amount_minor, j.reason
    from adjustments j join sandbox_copies s on s.account_id = j.account_id
    where j.account_id = ${copy.accountId} and j.created_at > s.created_at order by j.booked_on desc, j.id`,
  );
  return rows.map((row) => ({
    id: row.id,
    bookedOn: row.booked_on,
    amountMinor: BigInt(row.amount_minor),
    reason: row.reason,
  }));
}

async function listPayments(at: Context, copyId: string): Promise<CopyPayment[]> {
  const rows = await at.db
    .select()
    .from(sandboxPayments)
    .where(eq(sandboxPayments.accountId, copyId))
    .orderBy(asc(sandboxPayments.paidOn), asc(sandboxPayments.id));
  return rows.map(({ id, paidOn, amountMinor, postedAt }) => ({ id, paidOn, amountMinor, posted: postedAt !== null }));
}

/** The book's own sums by day; a fee and its VAT are one movement. */
async function readMovements(
  at: Context,
  copyId: string,
): Promise<{ openingMinor: Minor; movements: readonly DayMovement[] }> {
  const rows = await rowsOf<{ on: Day; kind: DayMovement["kind"] | "opening"; effect: string }>(
    at,
    sql`
    select booked_on as on, replace(kind, '_vat', '') as kind,
           sum(case when credit = 'customer' then amount_minor else -amount_minor end) as effect
    from transfers where account_id = ${copyId} and 'customer' in (debit, credit) group by 1, 2 order by 1`,
  );
  return {
    openingMinor: rows.reduce((sum, row) => sum + (row.kind === "opening" ? BigInt(row.effect) : 0n), 0n),
    movements: rows.flatMap(({ on, kind, effect }) =>
      kind === "opening" ? [] : [{ on, kind, effectMinor: BigInt(effect) }],
    ),
  };
}
