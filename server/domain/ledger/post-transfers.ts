import { sql } from "drizzle-orm";
import type { Day } from "@/server/kernel/day";
import { assertInvariant, DomainError } from "@/server/kernel/errors";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { anyOf, pgArray, rowsOf, tableOf } from "@/server/platform/rows";
import { CUSTOMER, LEDGER_CODE, type TransferKind } from "./constants";
import { balanceEffect } from "./rules/balance";
import { closedMonth, monthsOf } from "./rules/closed-month";

/** A transfer to be: `number` and the balance are the ledger's own business. */
export interface NewTransfer {
  readonly accountId: string;
  readonly debit: string;
  readonly credit: string;
  /** Kopecks, more than zero; zero only where the VAT is all there is. */
  readonly amountMinor: Minor;
  readonly kind: TransferKind;
  /** A leg of its own beside this one: the same customer's side against the tax's code. */
  readonly vat?: VatLeg;
  /** Day it counts in, operator's zone. */
  readonly bookedOn: Day;
  readonly occurredAt: Date;
  readonly subjectId: string | null;
  readonly periodStart?: Day | null;
}

/** The VAT of a transfer with the customer on one side; `kind` of the leg is the transfer's own with `_vat`. */
export interface VatLeg {
  readonly code: string;
  /** Kopecks, not negative; zero makes no leg. */
  readonly amountMinor: Minor;
}

/**
 * Appends transfers of any number of accounts and moves their balances, in one statement. Not a verb: it belongs inside
 * a verb's transaction, after that verb has claimed the natural key that makes the posting happen once (`claimPosting`, or
 * the primary key of `charges`).
 *
 * Callers that post for several accounts lock them first with `lockBalances`. Throws `invariant` when an account has no
 * balance row or a transfer is not positive, and `precondition` (`period.closed`, with the month) when one is booked in a month
 * that the account's legal entity has closed; the caller's transaction then undoes what was appended.
 */
export async function postTransfers(tx: Context, batch: readonly NewTransfer[]): Promise<void> {
  if (batch.length === 0) return;
  assertInvariant(tx.inTransaction, "ledger.outside_transaction");
  const { legs, moves } = foldByAccount(batch);
  const months = monthsOf(batch);
  const [row] = await rowsOf<{ moved: string; closed: Day | null }>(
    tx,
    sql`
    with moved as (
      update account_balances b
      set balance_minor = b.balance_minor + s.effect, version = b.version + s.rows, updated_at = ${tx.now().toISOString()}::timestamptz
      from ${tableOf(moves, {
        account_id: ["uuid", (move) => move.accountId],
        effect: ["bigint", (move) => move.effectMinor],
        rows: ["int", (move) => move.rows],
      })} s
      where b.account_id = s.account_id and b.account_id = ${anyOf(
        moves.map((move) => move.accountId),
        "uuid",
      )}
      returning b.account_id, s.place, b.version - s.rows as last_number, b.currency
    ), posted as (
      insert into transfers (account_id, booked_on, number, debit, credit, amount_minor, currency, kind, occurred_at, subject_id, period_start)
      select m.account_id, i.booked_on, m.last_number + i.number + leg.after, leg.debit, leg.credit, leg.amount_minor, m.currency,
             leg.kind, i.occurred_at, i.subject_id, i.period_start
      from ${tableOf(legs, {
        account: ["int", (leg) => leg.account],
        number: ["int", (leg) => leg.number],
        debit: ["text", (leg) => leg.transfer.debit],
        credit: ["text", (leg) => leg.transfer.credit],
        amount_minor: ["bigint", (leg) => leg.transfer.amountMinor],
        vat_code: ["text", (leg) => leg.transfer.vat?.code ?? null],
        vat_minor: ["bigint", (leg) => leg.transfer.vat?.amountMinor ?? 0n],
        kind: ["text", (leg) => leg.transfer.kind],
        booked_on: ["date", (leg) => leg.transfer.bookedOn],
        occurred_at: ["timestamptz", (leg) => leg.transfer.occurredAt],
        subject_id: ["uuid", (leg) => leg.transfer.subjectId],
        period_start: ["date", (leg) => leg.transfer.periodStart ?? null],
      })} i join moved m on m.place = i.account
      cross join lateral (
        values
          (0, i.debit, i.credit, i.amount_minor, i.kind),
          (least(i.amount_minor, 1), case when i.debit = ${CUSTOMER} then i.debit else i.vat_code end,
           case when i.credit = ${CUSTOMER} then i.credit else i.vat_code end, i.vat_minor, i.kind || '_vat')
      ) as leg(after, debit, credit, amount_minor, kind)
      where leg.amount_minor > 0
    )
    select count(*) as moved, (select closed_through(${pgArray(months, "date")})) as closed from moved`,
  );
  assertInvariant(Number(row?.moved) === moves.length, "ledger.no_balance_row");
  const [earliest] = months;
  if (row?.closed && earliest && earliest <= row.closed) await refuseClosedMonths(tx, batch);
}

/** Somebody's book is closed as far as this batch reaches: whose, and does the batch touch it. */
async function refuseClosedMonths(tx: Context, batch: readonly NewTransfer[]): Promise<void> {
  const rows = await rowsOf<{ account_id: string; closed_through: Day }>(
    tx,
    sql`
    select a.id as account_id, max(p.month) as closed_through
    from accounts a
    join contracts c on c.id = a.contract_id
    join accounting_periods p on p.legal_entity_id = c.legal_entity_id and p.reopened_at is null
    where a.id = ${anyOf([...new Set(batch.map((transfer) => transfer.accountId))], "uuid")}
    group by a.id`,
  );
  const month = closedMonth(batch, new Map(rows.map((one) => [one.account_id, one.closed_through])));
  if (month) throw new DomainError("precondition", "period.closed", { month: month.slice(0, 7) });
}

interface Leg {
  readonly transfer: NewTransfer;
  /** The place of its account among the moves, from 1. */
  readonly account: number;
  /** Counts the account's transfers within the batch from 1, VAT legs among them. */
  readonly number: number;
}

interface Move {
  readonly accountId: string;
  readonly place: number;
  effectMinor: Minor;
  rows: number;
}

/** What the batch does to each account's balance, and where in the account's numbering each transfer stands. */
function foldByAccount(batch: readonly NewTransfer[]): { legs: Leg[]; moves: Move[] } {
  const moves = new Map<string, Move>();
  const checked = new Set<string>();
  const legs = batch.map((transfer) => {
    const { accountId, amountMinor, vat } = transfer;
    const vatMinor = vat?.amountMinor ?? 0n;
    assertInvariant(amountMinor >= 0n && vatMinor >= 0n && amountMinor + vatMinor > 0n, "ledger.amount_not_positive");
    checkCodes(transfer, checked);
    let move = moves.get(accountId);
    if (!move) {
      move = { accountId, place: moves.size + 1, effectMinor: 0n, rows: 0 };
      moves.set(accountId, move);
    }
    const number = move.rows + 1;
    move.effectMinor += balanceEffect(transfer, vatMinor);
    move.rows += (amountMinor > 0n ? 1 : 0) + (vatMinor > 0n ? 1 : 0);
    return { transfer, account: move.place, number };
  });
  return { legs, moves: [...moves.values()] };
}

/** A batch has few codes and many rows: each code is looked at once. */
function checkCodes({ debit, credit, vat }: NewTransfer, checked: Set<string>): void {
  for (const code of vat ? [debit, credit, vat.code] : [debit, credit]) {
    if (checked.has(code)) continue;
    assertInvariant(LEDGER_CODE.test(code), "ledger.bad_code");
    checked.add(code);
  }
  assertInvariant(!vat || debit === CUSTOMER || credit === CUSTOMER, "ledger.vat_without_customer");
}
