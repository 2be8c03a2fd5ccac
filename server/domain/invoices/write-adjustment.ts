import { sql } from "drizzle-orm";
import { adjustments } from "@/db/schema";
import { CUSTOMER, lockBalances, type NewTransfer, postTransfers, vatCode } from "@/server/domain/ledger";
import { ofCharge } from "@/server/domain/subscriptions";
import { dayIn } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { creditOf, type Gross } from "./rules/credit-of";
import type { CorrectionOrder } from "./schema";

/** The line that a correction is about, what was given back of it already, and the credit that the order comes to. */
export interface Quote {
  readonly line: Gross & { readonly vatPercent: number; readonly revenueCode: string };
  readonly credit: Gross;
}

/**
 * What an order comes to now, under the lock of the account's money, so that two corrections of one line cannot both take the
 * last of it. Throws `not_found` (`charge.not_found`) and what `creditOf` throws.
 */
export async function quoteCorrection(tx: Context, order: CorrectionOrder): Promise<Quote> {
  await lockBalances(tx, [order.accountId]);
  const [row] = await rowsOf<{
    amount: string;
    vat: string;
    vat_percent: number;
    revenue_code: string;
    given: { amount: string; vat: string }[] | null;
  }>(
    tx,
    sql`
    select c.amount_minor as amount, c.vat_minor as vat, c.vat_percent, ${ofCharge("revenue_code")} as revenue_code,
           (select jsonb_agg(jsonb_build_object('amount', j.amount_minor::text, 'vat', j.vat_minor::text))
            from adjustments j
            where j.account_id = c.account_id and j.subscription_id = c.subscription_id and j.term = c.term
              and j.period_start = c.period_start and j.kind = c.kind) as given
    from charges c left join tariffs t on t.id = c.tariff_id
    where c.account_id = ${order.accountId} and c.subscription_id = ${order.subscriptionId} and c.term = ${order.term}
      and c.period_start = ${order.periodStart} and c.kind = ${order.kind}`,
  );
  if (!row) throw new DomainError("not_found", "charge.not_found");
  const line = {
    amountMinor: BigInt(row.amount),
    vatMinor: BigInt(row.vat),
    vatPercent: row.vat_percent,
    revenueCode: row.revenue_code,
  };
  const given = (row.given ?? []).map((one) => ({ amountMinor: BigInt(one.amount), vatMinor: BigInt(one.vat) }));
  return { line, credit: creditOf(line, given, order.amountMinor) };
}

/** Writes the credit: the adjustment under its order's key, and its charge the other way round in the book, today. */
export async function writeAdjustment(tx: Context, order: CorrectionOrder, { line, credit }: Quote): Promise<void> {
  const bookedOn = dayIn(tx.now(), tx.zone);
  const { requestKey: id, accountId, subscriptionId, term, periodStart, kind, reason, note } = order;
  await tx.db.insert(adjustments).values({
    ...{ accountId, id, subscriptionId, term, periodStart, kind, bookedOn, reason, note },
    ...credit,
    vatPercent: line.vatPercent,
  });
  const shared = { accountId, credit: CUSTOMER, bookedOn, occurredAt: tx.now(), subjectId: id, periodStart };
  const netMinor = credit.amountMinor - credit.vatMinor;
  const legs: NewTransfer[] = [
    { ...shared, debit: line.revenueCode, amountMinor: netMinor, kind: "adjustment" },
    { ...shared, debit: vatCode(line.vatPercent), amountMinor: credit.vatMinor, kind: "adjustment_vat" },
  ];
  await postTransfers(
    tx,
    legs.filter((leg) => leg.amountMinor > 0n),
  );
}
