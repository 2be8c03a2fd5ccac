import { sql } from "drizzle-orm";
import { charges } from "@/db/schema";
import { readCatalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import { CUSTOMER, postTransfers, vatCode } from "@/server/domain/ledger";
import { addDays, type Day, dayIn } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf, tableOf } from "@/server/platform/rows";
import { FEE_RETURNED, FEES, type FeeKind } from "./constants";
import { restOfFee } from "./read-fees";

/** A fee that is charged once, for a thing that is no subscription: a promise, a suspension, a change of tariff. */
export interface OneFee {
  readonly accountId: string;
  /** What it is for, made in the same transaction; its id makes the fee happen once. */
  readonly subjectId: string;
  readonly kind: FeeKind;
  /** VAT inside; zero charges nothing. */
  readonly feeMinor: Minor;
}

const FEE_VAT = "standard";

/**
 * Charges a fee, today, whatever the balance: whether there is enough was asked before. A line of `charges` like any other, for
 * one day, and its transfers. Not a verb: it belongs inside a verb's transaction, under the lock of the account's money. The
 * line's key, which holds the day, makes it happen once: a second call for the subject on its day changes nothing.
 */
export async function chargeFee(tx: Context, { accountId, subjectId, kind, feeMinor }: OneFee): Promise<void> {
  if (feeMinor === 0n) return;
  const today = dayIn(tx.now(), tx.zone);
  const { vatRates } = await readCatalog(tx);
  const vatPercent = vatPercentOn(vatRates, FEE_VAT, today);
  const vatMinor = vatInside(feeMinor, vatPercent);
  const day = { periodStart: today, chargedFrom: today, bookedOn: today, chargedDays: 1, periodDays: 1 };
  const next = addDays(today, 1);
  const made = await tx.db
    .insert(charges)
    .values({
      ...{ accountId, subscriptionId: subjectId, kind, ...day, periodEnd: next, chargedTo: next },
      ...{ feeMinor, amountMinor: feeMinor, vatPercent, vatMinor },
    })
    .onConflictDoNothing()
    .returning({ kind: charges.kind });
  if (made.length === 0) return;
  await postTransfers(tx, [
    {
      accountId,
      debit: CUSTOMER,
      credit: FEES[kind].revenueCode,
      amountMinor: feeMinor - vatMinor,
      vat: { code: vatCode(vatPercent), amountMinor: vatMinor },
      kind: "charge",
      bookedOn: today,
      occurredAt: tx.now(),
      subjectId,
      periodStart: today,
    },
  ]);
}

/** What a fee was charged for, and which has not come to be. */
export interface FeeSubject {
  readonly accountId: string;
  readonly subjectId: string;
}

/**
 * Gives fees back, each as far as it has not been given back before, by corrections that name their lines, booked on a day. Set-based;
 * under the lock of the accounts' money. A second call changes nothing; nor does a subject that was charged no fee.
 */
export async function cancelFees(tx: Context, subjects: readonly FeeSubject[], bookedOn: Day): Promise<void> {
  if (subjects.length === 0) return;
  const returned = await rowsOf<{
    account_id: string;
    subject_id: string;
    kind: FeeKind;
    period_start: Day;
    vat_percent: number;
    amount_minor: string;
    vat_minor: string;
  }>(
    tx,
    sql`
    with returned as materialized (
      select s.account_id, s.subject_id, s.id, f.*
      from ${tableOf(subjects, {
        account_id: ["uuid", (one) => one.accountId],
        subject_id: ["uuid", (one) => one.subjectId],
        id: ["uuid", () => tx.newId()],
      })} s
      join ${restOfFee(sql`s.account_id`, sql`s.subject_id`)} f on f.amount_minor > 0
    ), given as (
      insert into adjustments (account_id, id, subscription_id, term, period_start, kind, booked_on, amount_minor, vat_percent,
                               vat_minor, reason)
      select account_id, id, subject_id, term, period_start, kind, ${bookedOn}::date, amount_minor, vat_percent, vat_minor,
             ${FEE_RETURNED}
      from returned
    )
    select account_id, subject_id, kind, period_start, vat_percent, amount_minor, vat_minor from returned`,
  );
  await postTransfers(
    tx,
    returned.map((fee) => ({
      accountId: fee.account_id,
      debit: FEES[fee.kind].revenueCode,
      credit: CUSTOMER,
      amountMinor: BigInt(fee.amount_minor) - BigInt(fee.vat_minor),
      vat: { code: vatCode(fee.vat_percent), amountMinor: BigInt(fee.vat_minor) },
      kind: "adjustment",
      bookedOn,
      occurredAt: tx.now(),
      subjectId: fee.subject_id,
      periodStart: fee.period_start,
    })),
  );
}
