import { sql } from "drizzle-orm";
import { z } from "zod";
import { readCatalog, vatInside, vatPercentOn } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import { lockBalances, postTransfers } from "@/server/domain/ledger";
import type { ProposedCharge } from "@/server/domain/rating";
import { type Day, daysBetween, isDay, startOfDay } from "@/server/kernel/day";
import { DomainError } from "@/server/kernel/errors";
import { periodHolding } from "@/server/kernel/period";
import type { Context } from "@/server/platform/context";
import { record } from "@/server/platform/record";
import { pgArray } from "@/server/platform/rows";
import { withTransaction } from "@/server/platform/transaction";
import { transferOf } from "./write-charges";

export const HistoricalChargeInput = z.object({
  accountId: z.uuid(),
  subscriptionId: z.uuid(),
  tariffId: z.uuid(),
  /** First day of a calendar month. */
  periodStart: z.string().refine(isDay, { error: "day.malformed" }),
  /** Of the whole month, VAT inside. */
  amountMinor: z.bigint().positive(),
});
export type HistoricalChargeInput = z.input<typeof HistoricalChargeInput>;

/**
 * Books what another system charged for whole calendar months, each on its month's first day, with the VAT of that day.
 * The key of `charges` is the billing run's own, so no run charges such a month again; a repeat fails the batch.
 */
export async function recordHistory(ctx: Context, raw: readonly HistoricalChargeInput[]): Promise<{ charged: number }> {
  const scope = requirePermission(ctx, "billing:charge");
  const input = z.array(HistoricalChargeInput).parse(raw);
  if (input.length === 0) return { charged: 0 };
  return withTransaction(ctx, async (tx) => {
    const accountIds = [...new Set(input.map((row) => row.accountId))];
    const catalog = await readCatalog(tx);
    await requireAccounts(tx, scope, accountIds);
    await lockBalances(tx, accountIds);
    const rates = new Map<string, number>();
    const instants = new Map<Day, Date>();
    const charges = input.map((row): ProposedCharge => {
      const tariff = catalog.tariffs.get(row.tariffId);
      if (!tariff) throw new DomainError("not_found", "tariff.not_found");
      const period = periodHolding(row.periodStart, 1);
      if (period.start !== row.periodStart) throw new DomainError("invalid", "history.not_a_month_start");
      const key = `${tariff.vatCode} ${period.start}`;
      const vatPercent = rates.get(key) ?? vatPercentOn(catalog.vatRates, tariff.vatCode, period.start);
      rates.set(key, vatPercent);
      const days = daysBetween(period.start, period.end);
      return {
        accountId: row.accountId,
        subscriptionId: row.subscriptionId,
        term: 0,
        kind: "recurring",
        gate: "if_enough",
        period,
        charged: { from: period.start, to: period.end, days },
        periodDays: days,
        bookedOn: period.start,
        dueOn: null,
        discountMinor: 0n,
        detail: null,
        tariffId: tariff.id,
        priceVersion: null,
        feeMinor: row.amountMinor,
        amountMinor: row.amountMinor,
        vatPercent,
        vatMinor: vatInside(row.amountMinor, vatPercent),
        revenueCode: tariff.revenueCode,
      };
    });
    await insertCharges(tx, charges);
    await postTransfers(
      tx,
      charges.map((charge) => {
        const { start } = charge.period;
        const occurredAt = instants.get(start) ?? startOfDay(start, tx.zone);
        instants.set(start, occurredAt);
        return transferOf(charge, occurredAt);
      }),
    );
    const totalMinor = charges.reduce((sum, charge) => sum + charge.amountMinor, 0n);
    const after = { accounts: accountIds.length, charges: charges.length, totalMinor };
    await record(tx, {
      audit: [{ action: "billing.record_history", entity: "charges", entityId: `${charges.length}`, after }],
    });
    return { charged: charges.length };
  });
}

async function insertCharges(tx: Context, charges: readonly ProposedCharge[]): Promise<void> {
  const column = (pick: (charge: ProposedCharge) => string | number | bigint, type: string) =>
    pgArray(charges.map(pick), type);
  await tx.db.execute(sql`
    insert into charges (account_id, subscription_id, period_start, kind, period_end, charged_from, charged_to, charged_days,
                         period_days, booked_on, tariff_id, price_version, fee_minor, amount_minor, vat_percent, vat_minor)
    select c.account_id, c.subscription_id, c.period_start, 'recurring', c.period_end, c.period_start, c.period_end, c.days,
           c.days, c.period_start, c.tariff_id, null, c.amount_minor, c.amount_minor, c.vat_percent, c.vat_minor
    from unnest(
      ${column((c) => c.accountId, "uuid")}, ${column((c) => c.subscriptionId, "uuid")}, ${column((c) => c.period.start, "date")},
      ${column((c) => c.period.end, "date")}, ${column((c) => c.periodDays, "int")}, ${column((c) => c.tariffId, "uuid")},
      ${column((c) => c.amountMinor, "bigint")}, ${column((c) => c.vatPercent, "int")}, ${column((c) => c.vatMinor, "bigint")}
    ) as c(account_id, subscription_id, period_start, period_end, days, tariff_id, amount_minor, vat_percent, vat_minor)`);
}
