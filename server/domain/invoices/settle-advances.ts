import { sql } from "drizzle-orm";
import { type NewTransfer, postTransfers, vatAdvanceCode, vatDueCode } from "@/server/domain/ledger";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf, tableOf } from "@/server/platform/rows";
import { closeAdvances, type OpenAdvance } from "./rules/advances";

/** A month's document of an account: what an advance is closed by. */
export interface ClosingDocument {
  readonly accountId: string;
  readonly ordinal: number;
}

type AdvanceRow = {
  account_id: string;
  payment_id: string;
  received_on: Day;
  vat_percent: number;
  open_minor: string;
  open_vat_minor: string;
};

/**
 * Closes what a month has used of its accounts' advances, each closing linked to its advance and to the month's document, and
 * booked on the month's last day: the reverse of the entry that opened it. Belongs inside `issueInvoices`, under the lock of the
 * accounts' money; `balances` is what they have now. A second look closes nothing.
 */
export async function settleAdvances(
  tx: Context,
  documents: readonly ClosingDocument[],
  balances: ReadonlyMap<string, Minor>,
  { month, lastDay }: { month: Day; lastDay: Day },
): Promise<void> {
  const open = await rowsOf<AdvanceRow>(
    tx,
    sql`
    select account_id, payment_id, received_on, vat_percent, open_minor, open_vat_minor from vat_advances
    where account_id = ${anyOf(
      documents.map((one) => one.accountId),
      "uuid",
    )} and open_minor > 0 and booked_on <= ${lastDay}`,
  );
  if (open.length === 0) return;
  const ordinals = new Map(documents.map((one) => [one.accountId, one.ordinal]));
  const advancesOf = Map.groupBy(open, (row) => row.account_id);
  const since = await readMovedSince(tx, [...advancesOf.keys()], lastDay);
  const closings = [...advancesOf].flatMap(([accountId, rows]) => {
    const unusedMinor = (balances.get(accountId) ?? 0n) - (since.get(accountId) ?? 0n);
    const ordinal = ordinals.get(accountId) ?? 0;
    return closeAdvances(rows.map(openAdvanceOf), unusedMinor).map((one) => ({ accountId, ordinal, ...one }));
  });
  if (closings.length === 0) return;
  const table = tableOf(closings, {
    account_id: ["uuid", (one) => one.accountId],
    payment_id: ["uuid", (one) => one.paymentId],
    ordinal: ["smallint", (one) => one.ordinal],
    amount_minor: ["bigint", (one) => one.amountMinor],
    vat_minor: ["bigint", (one) => one.vatMinor],
  });
  await tx.db.execute(sql`
    with linked as (
      insert into vat_advance_closings (account_id, payment_id, month, ordinal, closed_on, amount_minor, vat_minor)
      select account_id, payment_id, ${month}::date, ordinal, ${lastDay}::date, amount_minor, vat_minor from ${table} c
      returning account_id, payment_id, amount_minor, vat_minor
    )
    update vat_advances a set open_minor = a.open_minor - l.amount_minor, open_vat_minor = a.open_vat_minor - l.vat_minor
    from linked l where a.account_id = l.account_id and a.payment_id = l.payment_id`);
  const legs = closings.map(
    (one): NewTransfer => ({
      accountId: one.accountId,
      debit: vatDueCode(one.vatPercent),
      credit: vatAdvanceCode(one.vatPercent),
      amountMinor: one.vatMinor,
      kind: "advance_vat_closing",
      bookedOn: lastDay,
      occurredAt: tx.now(),
      subjectId: one.paymentId,
      periodStart: month,
    }),
  );
  await postTransfers(
    tx,
    legs.filter((leg) => leg.amountMinor > 0n),
  );
}

/** What moved on the accounts after a day: the balance now less it is the balance then. */
async function readMovedSince(tx: Context, accountIds: readonly string[], day: Day): Promise<Map<string, Minor>> {
  const rows = await rowsOf<{ account_id: string; minor: string }>(
    tx,
    sql`
    select account_id, sum(case when credit = 'customer' then amount_minor when debit = 'customer' then -amount_minor else 0 end) as minor
    from transfers where account_id = ${anyOf(accountIds, "uuid")} and booked_on > ${day} group by account_id`,
  );
  return new Map(rows.map((row) => [row.account_id, BigInt(row.minor)]));
}

const openAdvanceOf = (row: AdvanceRow): OpenAdvance => ({
  paymentId: row.payment_id,
  receivedOn: row.received_on,
  vatPercent: row.vat_percent,
  openMinor: BigInt(row.open_minor),
  openVatMinor: BigInt(row.open_vat_minor),
});
