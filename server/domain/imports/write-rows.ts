import { sql } from "drizzle-orm";
import { registerSubscribers } from "@/server/domain/crm";
import { CUSTOMER, lockBalances, type NewTransfer, postTransfers } from "@/server/domain/ledger";
import { recordPayments } from "@/server/domain/payments";
import { createServices } from "@/server/domain/provisioning";
import { recordHistory } from "@/server/domain/runs";
import { startSubscriptions } from "@/server/domain/subscriptions";
import { type Day, startOfDay } from "@/server/kernel/day";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { pgArray } from "@/server/platform/rows";
import { splitHistory } from "./rules/history";
import type { ImportRow } from "./rules/read-row";

/** The other side of a balance that was brought along: what the former book owed, or was owed. */
export const OPENING = "opening";

export interface WritePlan {
  readonly source: string;
  readonly importId: string;
  readonly asOf: Day;
  readonly tariffIds: ReadonlyMap<string, string>;
  readonly internetCodes: ReadonlySet<string>;
  /** First day that is ours to charge of whoever was there before the file's day; null: every period is. */
  readonly billedFrom: Day | null;
}

interface Written {
  readonly row: ImportRow;
  readonly accountId: string;
  readonly subscriptionId: string;
  readonly tariffId: string;
}

/**
 * Writes a chunk of new subscribers through the product's own verbs: people and accounts, subscriptions with their
 * prices, the months they paid and were charged for, the balance they bring. A dozen statements however many rows.
 */
export async function writeRows(tx: Context, plan: WritePlan, rows: readonly ImportRow[]): Promise<void> {
  if (rows.length === 0) return;
  const people = await registerSubscribers(tx, rows.map(subscriberOf));
  const accountOf = (index: number) => present(people[index]).accountId;
  const promised = rows.flatMap((row, index) =>
    row.products.map((product) => ({
      accountId: accountOf(index),
      tariffId: present(plan.tariffIds.get(product.tariffCode)),
      startedOn: row.startedOn,
      endedOn: row.endedOn,
      billedFrom: row.startedOn < plan.asOf ? plan.billedFrom : null,
      personalFeeMinor: product.feeMinor,
    })),
  );
  const started = await startSubscriptions(tx, promised);
  let next = 0;
  const written = rows.map((row, index): Written => {
    const main = next;
    next += row.products.length;
    return {
      row,
      accountId: accountOf(index),
      subscriptionId: present(started[main]).subscriptionId,
      tariffId: present(promised[main]).tariffId,
    };
  });
  await writeHistory(tx, plan, written);
  await openWithBalances(tx, plan, written);
  await giveNetwork(tx, plan, rows, started);
  await rememberRows(tx, plan, written);
}

function subscriberOf(row: ImportRow) {
  return {
    ...row.customer,
    accountNumber: row.accountNumber,
    contractNumber: row.contractNumber,
    openedOn: row.startedOn,
    closedOn: row.endedOn,
    creditLimitMinor: row.creditLimitMinor,
    paymentTermDays: row.paymentTermDays,
    blockDelayDays: row.blockDelayDays,
  };
}

/** Each month's payment comes before its charge, on one day: no history ever shows a debt that nobody had. */
async function writeHistory(tx: Context, plan: WritePlan, written: readonly Written[]): Promise<void> {
  const instants = new Map<Day, Date>();
  const instantOf = (day: Day) => {
    const instant = instants.get(day) ?? startOfDay(day, tx.zone);
    instants.set(day, instant);
    return instant;
  };
  const months = written.flatMap(({ row, ...keys }) =>
    splitHistory(row.history.totalMinor, row.history.periods).map(({ period, amountMinor }) => ({
      ...keys,
      externalId: `${plan.source}:${row.externalId}:${period.start.slice(0, 7)}`,
      periodStart: period.start,
      amountMinor,
    })),
  );
  const { posted } = await recordPayments(
    tx,
    months.map(({ accountId, externalId, amountMinor, periodStart }) => ({
      accountId,
      provider: "import" as const,
      externalId,
      amountMinor,
      paidAt: instantOf(periodStart),
      bookedOn: periodStart,
    })),
    { historical: true },
  );
  assertInvariant(posted === months.length, "import.history_posted_before");
  await recordHistory(
    tx,
    months.map(({ externalId: _, ...month }) => month),
  );
}

async function openWithBalances(tx: Context, plan: WritePlan, written: readonly Written[]): Promise<void> {
  const openings = written.flatMap(({ row, accountId }): NewTransfer[] => {
    if (row.openingMinor === 0n) return [];
    const owed = row.openingMinor < 0n;
    return [
      {
        accountId,
        debit: owed ? CUSTOMER : OPENING,
        credit: owed ? OPENING : CUSTOMER,
        amountMinor: owed ? -row.openingMinor : row.openingMinor,
        kind: "opening",
        bookedOn: plan.asOf,
        occurredAt: startOfDay(plan.asOf, tx.zone),
        subjectId: null,
      },
    ];
  });
  if (openings.length === 0) return;
  await lockBalances(
    tx,
    openings.map((transfer) => transfer.accountId),
  );
  await postTransfers(tx, openings);
}

/** After the money: the rule that decides a service's state has to see the balance it will live by. */
async function giveNetwork(
  tx: Context,
  plan: WritePlan,
  rows: readonly ImportRow[],
  started: readonly { accountId: string; subscriptionId: string }[],
): Promise<void> {
  let next = 0;
  const services = rows.flatMap((row) => {
    const first = next;
    next += row.products.length;
    const place = row.products.findIndex((product) => plan.internetCodes.has(product.tariffCode));
    const { login, secret } = row.network ?? {};
    return login === undefined ? [] : [{ ...present(started[first + place]), login, ...(secret ? { secret } : {}) }];
  });
  await createServices(tx, services);
}

/** The primary key (source, id) is what makes a row happen once, the opening balance with it. */
async function rememberRows(tx: Context, plan: WritePlan, written: readonly Written[]): Promise<void> {
  const column = (pick: (entry: Written) => string) => pgArray(written.map(pick), "text");
  await tx.db.execute(sql`
    insert into import_rows (source, external_id, row_hash, account_id, import_id)
    select ${plan.source}, r.external_id, r.row_hash, r.account_id::uuid, ${plan.importId}::uuid
    from unnest(${column(({ row }) => row.externalId)}, ${column(({ row }) => row.hash)}, ${column((entry) => entry.accountId)})
      as r(external_id, row_hash, account_id)`);
}

function present<T>(value: T | undefined): T {
  assertInvariant(value !== undefined, "import.verb_answered_short");
  return value;
}
