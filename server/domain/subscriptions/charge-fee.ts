import { sql } from "drizzle-orm";
import { readCatalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import { CUSTOMER, claimPosting, postTransfers, vatCode } from "@/server/domain/ledger";
import { dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";

/** A fee that is charged once, for a thing that is no subscription: a promise, a suspension. */
export interface OneFee {
  readonly accountId: string;
  /** What it is for; its id makes the fee happen once. */
  readonly subjectId: string;
  /** VAT inside; zero charges nothing. */
  readonly feeMinor: Minor;
  /** Ledger code that the net fee is credited to. */
  readonly revenueCode: string;
}

const FEE_VAT = "standard";

/**
 * Charges a fee in the book, today, whatever the balance: whether there is enough was asked before. Not a verb: it belongs
 * inside a verb's transaction, under the lock of the account's money. A second call for the subject changes nothing.
 */
export async function chargeFee(tx: Context, fee: OneFee): Promise<void> {
  if (fee.feeMinor === 0n) return;
  const bookedOn = dayIn(tx.now(), tx.zone);
  if (!(await claimPosting(tx, fee.accountId, `fee:${fee.subjectId}`, bookedOn))) return;
  const { vatRates } = await readCatalog(tx);
  const percent = vatPercentOn(vatRates, FEE_VAT, bookedOn);
  const vatMinor = vatInside(fee.feeMinor, percent);
  await postTransfers(tx, [
    {
      accountId: fee.accountId,
      debit: CUSTOMER,
      credit: fee.revenueCode,
      amountMinor: fee.feeMinor - vatMinor,
      vat: { code: vatCode(percent), amountMinor: vatMinor },
      kind: "charge",
      bookedOn,
      occurredAt: tx.now(),
      subjectId: fee.subjectId,
    },
  ]);
}

/** Gives a fee back in full, leg by leg, by new entries. A second call changes nothing; so does one for no fee. */
export async function cancelFee(tx: Context, accountId: string, subjectId: string): Promise<void> {
  const legs = await rowsOf<{ credit: string; kind: string; amount_minor: string }>(
    tx,
    sql`select credit, kind, amount_minor from transfers
        where account_id = ${accountId} and subject_id = ${subjectId} and kind in ('charge', 'charge_vat')`,
  );
  const bookedOn = dayIn(tx.now(), tx.zone);
  if (legs.length === 0 || !(await claimPosting(tx, accountId, `fee_back:${subjectId}`, bookedOn))) return;
  await postTransfers(
    tx,
    legs.map((leg) => ({
      accountId,
      debit: leg.credit,
      credit: CUSTOMER,
      amountMinor: BigInt(leg.amount_minor),
      kind: leg.kind === "charge" ? ("adjustment" as const) : ("adjustment_vat" as const),
      bookedOn,
      occurredAt: tx.now(),
      subjectId,
    })),
  );
}
