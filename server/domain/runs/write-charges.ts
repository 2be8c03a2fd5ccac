import { sql } from "drizzle-orm";
import { CUSTOMER, type NewTransfer, postTransfers, vatCode } from "@/server/domain/ledger";
import type { ProposedCharge } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { tableOf } from "@/server/platform/rows";

/** A charge as the book sees it: the net fee and the VAT, both taken from the customer. */
export function transfersOf(charge: ProposedCharge, bookedOn: Day, occurredAt: Date): NewTransfer[] {
  const shared = {
    accountId: charge.accountId,
    debit: CUSTOMER,
    bookedOn,
    occurredAt,
    subjectId: charge.subscriptionId,
    periodStart: charge.period.start,
  };
  const netMinor = charge.amountMinor - charge.vatMinor;
  return [
    ...(netMinor > 0n
      ? [{ ...shared, credit: charge.revenueCode, amountMinor: netMinor, kind: "charge" as const }]
      : []),
    ...(charge.vatMinor > 0n
      ? [{ ...shared, credit: vatCode(charge.vatPercent), amountMinor: charge.vatMinor, kind: "charge_vat" as const }]
      : []),
  ];
}

/**
 * Writes charges and their transfers: two statements for a whole chunk. The primary key of `charges` makes each happen
 * once; a conflict there means the lock was not held, and fails the chunk.
 */
export async function writeCharges(tx: Context, charges: readonly ProposedCharge[], bookedOn: Day): Promise<void> {
  if (charges.length === 0) return;
  await tx.db.execute(sql`
    insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                         period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
    select c.account_id, c.subscription_id, c.period_start, 'recurring', c.period_end, c.charged_from, c.charged_to, c.charged_days,
           c.period_days, ${bookedOn}::date, c.tariff_id, c.price_version, c.fee_minor, c.amount_minor, c.vat_percent, c.vat_minor
    from ${tableOf(charges, {
      account_id: ["uuid", (c) => c.accountId],
      subscription_id: ["uuid", (c) => c.subscriptionId],
      period_start: ["date", (c) => c.period.start],
      period_end: ["date", (c) => c.period.end],
      charged_from: ["date", (c) => c.charged.from],
      charged_to: ["date", (c) => c.charged.to],
      charged_days: ["int", (c) => c.charged.days],
      period_days: ["int", (c) => c.periodDays],
      tariff_id: ["uuid", (c) => c.tariffId],
      price_version: ["int", (c) => c.priceVersion],
      fee_minor: ["bigint", (c) => c.feeMinor],
      amount_minor: ["bigint", (c) => c.amountMinor],
      vat_percent: ["int", (c) => c.vatPercent],
      vat_minor: ["bigint", (c) => c.vatMinor],
    })} c`);
  const occurredAt = tx.now();
  await postTransfers(
    tx,
    charges.flatMap((charge) => transfersOf(charge, bookedOn, occurredAt)),
  );
}
