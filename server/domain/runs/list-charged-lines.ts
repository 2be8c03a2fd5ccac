import { type SQL, sql } from "drizzle-orm";
import type { ChargeDetail, ChargedLine, LineKind } from "@/server/domain/rating";
import type { Day } from "@/server/kernel/day";
import type { Context } from "@/server/platform/context";
import { anyOf, rowsOf } from "@/server/platform/rows";

/** Which lines: fees that days may be lost of, or usage that records may come late for. */
const KINDS: Readonly<Record<"fees" | "usage", SQL>> = {
  fees: sql`c.kind in ('recurring', 'daily')`,
  usage: sql`(c.kind = 'usage' or c.kind like 'usage:%')`,
};

/** Reasons of `ProposedCredit`. */
const GIVEN_BY_CHARGING = "{unused_days,tariff_change,correction}";

export interface AccountLine extends ChargedLine {
  readonly accountId: string;
  readonly detail: ChargeDetail | null;
}

/** Charges of accounts of periods that began on or after `since`, with what was given back of each; in the order they were made. */
export async function listChargedLines(
  ctx: Context,
  accountIds: readonly string[],
  since: Day,
  which: keyof typeof KINDS,
): Promise<AccountLine[]> {
  if (accountIds.length === 0) return [];
  const rows = await rowsOf<Record<string, string | number | null> & { detail: ChargeDetail | null }>(
    ctx,
    sql`
    select c.*, coalesce(g.amount_minor, 0) as credited_minor, coalesce(g.vat_minor, 0) as credited_vat_minor,
           coalesce(g.corrected_minor, 0) as corrected_minor, coalesce(g.corrected_vat_minor, 0) as corrected_vat_minor
    from charges c
    left join lateral (
      select sum(a.amount_minor) as amount_minor, sum(a.vat_minor) as vat_minor,
             sum(a.amount_minor) filter (where a.reason = any(${GIVEN_BY_CHARGING})) as corrected_minor,
             sum(a.vat_minor) filter (where a.reason = any(${GIVEN_BY_CHARGING})) as corrected_vat_minor
      from adjustments a
      where a.account_id = c.account_id and a.subscription_id = c.subscription_id and a.term = c.term
        and a.period_start = c.period_start and a.kind = c.kind
    ) g on true
    where c.account_id = ${anyOf(accountIds, "uuid")} and c.period_start >= ${since} and ${KINDS[which]}
    order by c.account_id, c.subscription_id, c.period_start, c.term, length(c.kind), c.kind`,
  );
  return rows.map((row) => ({
    accountId: String(row.account_id),
    subscriptionId: String(row.subscription_id),
    term: Number(row.term),
    periodStart: row.period_start as Day,
    periodEnd: row.period_end as Day,
    kind: row.kind as LineKind,
    chargedFrom: row.charged_from as Day,
    chargedTo: row.charged_to as Day,
    chargedDays: Number(row.charged_days),
    periodDays: Number(row.period_days),
    tariffId: String(row.tariff_id),
    priceVersion: row.price_version === null ? null : Number(row.price_version),
    feeMinor: BigInt(row.fee_minor ?? 0),
    discountMinor: BigInt(row.discount_minor ?? 0),
    amountMinor: BigInt(row.amount_minor ?? 0),
    vatPercent: Number(row.vat_percent),
    vatMinor: BigInt(row.vat_minor ?? 0),
    creditedMinor: BigInt(row.credited_minor ?? 0),
    creditedVatMinor: BigInt(row.credited_vat_minor ?? 0),
    correctedMinor: BigInt(row.corrected_minor ?? 0),
    correctedVatMinor: BigInt(row.corrected_vat_minor ?? 0),
    detail: row.detail,
  }));
}
