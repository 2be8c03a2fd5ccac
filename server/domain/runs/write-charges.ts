import { sql } from "drizzle-orm";
import { CUSTOMER, type NewTransfer, postTransfers, vatCode } from "@/server/domain/ledger";
import { claimRecords } from "@/server/domain/metering";
import { isUsage, type ProposedCharge, type ProposedCredit } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { tableOf } from "@/server/platform/rows";

/** A charge as the book sees it: the net fee and the VAT, both taken from the customer. */
export function transferOf(charge: ProposedCharge, occurredAt: Date): NewTransfer {
  return {
    accountId: charge.accountId,
    debit: CUSTOMER,
    credit: charge.revenueCode,
    amountMinor: charge.amountMinor - charge.vatMinor,
    vat: { code: vatCode(charge.vatPercent), amountMinor: charge.vatMinor },
    kind: "charge",
    bookedOn: charge.bookedOn,
    occurredAt,
    subjectId: charge.subscriptionId,
    periodStart: charge.period.start,
  };
}

/** A credit is its charge the other way round, booked on the day it is given. */
function creditTransferOf(credit: ProposedCredit, bookedOn: Day, occurredAt: Date): NewTransfer {
  return {
    accountId: credit.accountId,
    debit: credit.revenueCode,
    credit: CUSTOMER,
    amountMinor: credit.amountMinor - credit.vatMinor,
    vat: { code: vatCode(credit.line.vatPercent), amountMinor: credit.vatMinor },
    kind: "adjustment",
    bookedOn,
    occurredAt,
    subjectId: credit.line.subscriptionId,
    periodStart: credit.line.periodStart,
  };
}

/**
 * Writes charges, credits and their transfers: at most three statements for a whole chunk. The primary key of `charges`
 * makes each happen once; a conflict there means the lock was not held, and fails the chunk.
 */
export async function writeCharges(
  tx: Context,
  charges: readonly ProposedCharge[],
  credits: readonly ProposedCredit[],
  today: Day,
): Promise<void> {
  if (charges.length > 0) await insertCharges(tx, charges);
  await claimRecords(
    tx,
    charges
      .filter((charge) => isUsage(charge.kind))
      .map(({ accountId, subscriptionId, charged: { from, to } }) => ({ accountId, subscriptionId, from, to })),
  );
  if (credits.length > 0) await insertCredits(tx, credits, today);
  const occurredAt = tx.now();
  await postTransfers(tx, [
    ...credits.map((credit) => creditTransferOf(credit, today, occurredAt)),
    // A line of nothing, which says how a period of usage stands, moves no money.
    ...charges.filter(({ amountMinor }) => amountMinor > 0n).map((charge) => transferOf(charge, occurredAt)),
  ]);
}

async function insertCharges(tx: Context, charges: readonly ProposedCharge[]): Promise<void> {
  await tx.db.execute(sql`
    insert into charges (account_id, subscription_id, term, period_start, kind, period_end, charged_from, charged_to, charged_days,
                         period_days, booked_on, tariff_id, price_version, fee_minor, discount_minor, amount_minor, vat_percent,
                         vat_minor, due_on, detail)
    select c.account_id, c.subscription_id, c.term, c.period_start, c.kind, c.period_end, c.charged_from, c.charged_to, c.charged_days,
           c.period_days, c.booked_on, c.tariff_id, c.price_version, c.fee_minor, c.discount_minor, c.amount_minor, c.vat_percent,
           c.vat_minor, c.due_on, c.detail
    from ${tableOf(charges, {
      account_id: ["uuid", (c) => c.accountId],
      subscription_id: ["uuid", (c) => c.subscriptionId],
      term: ["int", (c) => c.term],
      period_start: ["date", (c) => c.period.start],
      kind: ["text", (c) => c.kind],
      period_end: ["date", (c) => c.period.end],
      charged_from: ["date", (c) => c.charged.from],
      charged_to: ["date", (c) => c.charged.to],
      charged_days: ["int", (c) => c.charged.days],
      period_days: ["int", (c) => c.periodDays],
      booked_on: ["date", (c) => c.bookedOn],
      tariff_id: ["uuid", (c) => c.tariffId],
      price_version: ["int", (c) => c.priceVersion],
      fee_minor: ["bigint", (c) => c.feeMinor],
      discount_minor: ["bigint", (c) => c.discountMinor],
      amount_minor: ["bigint", (c) => c.amountMinor],
      vat_percent: ["int", (c) => c.vatPercent],
      vat_minor: ["bigint", (c) => c.vatMinor],
      due_on: ["date", (c) => c.dueOn],
      detail: ["jsonb", (c) => c.detail && JSON.stringify(c.detail)],
    })} c`);
}

async function insertCredits(tx: Context, credits: readonly ProposedCredit[], today: Day): Promise<void> {
  await tx.db.execute(sql`
    insert into adjustments (account_id, id, subscription_id, term, period_start, kind, booked_on, amount_minor, vat_percent,
                             vat_minor, reason, detail)
    select a.account_id, a.id, a.subscription_id, a.term, a.period_start, a.kind, ${today}::date, a.amount_minor, a.vat_percent,
           a.vat_minor, a.reason, a.detail
    from ${tableOf(credits, {
      account_id: ["uuid", (a) => a.accountId],
      id: ["uuid", () => tx.newId()],
      subscription_id: ["uuid", (a) => a.line.subscriptionId],
      term: ["int", (a) => a.line.term],
      period_start: ["date", (a) => a.line.periodStart],
      kind: ["text", (a) => a.line.kind],
      amount_minor: ["bigint", (a) => a.amountMinor],
      vat_percent: ["int", (a) => a.line.vatPercent],
      vat_minor: ["bigint", (a) => a.vatMinor],
      reason: ["text", (a) => a.reason],
      detail: ["jsonb", (a) => JSON.stringify({ daysKept: a.daysKept, of: a.line.chargedDays })],
    })} a`);
}
