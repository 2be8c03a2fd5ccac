import { sql } from "drizzle-orm";
import { type Catalog, readCatalog } from "@/server/domain/catalog";
import { requireAccounts, requirePermission } from "@/server/domain/identity";
import type { ChargeDetail } from "@/server/domain/rating";
import { ofCharge } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";
import { rowsOf } from "@/server/platform/rows";
import { type DiscountNames, withNames } from "./rules/discount-names";

/** What the columns cannot say, discounts by their names. */
export interface ChargeLineDetail extends Omit<ChargeDetail, "discounts"> {
  readonly discounts?: readonly (NonNullable<ChargeDetail["discounts"]>[number] & DiscountNames)[];
}

/** «Почему столько»: (fee − discount) × chargedDays ÷ periodDays = amount, of which VAT; the price's version, or personal when null, or a fee. */
export interface ChargeLine {
  /** What is charged: a subscription; of a fee, the promise, suspension or change it is for. */
  readonly subscriptionId: string;
  readonly term: number;
  readonly kind: string;
  readonly periodStart: Day;
  readonly periodEnd: Day;
  readonly chargedFrom: Day;
  readonly chargedTo: Day;
  readonly chargedDays: number;
  readonly periodDays: number;
  readonly bookedOn: Day;
  /** Null of a fee. */
  readonly tariffId: string | null;
  /** Of its tariff, or of the fee that it is. */
  readonly nameRu: string;
  readonly nameEn: string;
  readonly priceVersion: number | null;
  readonly feeMinor: Minor;
  readonly discountMinor: Minor;
  readonly amountMinor: Minor;
  /** Given back of it so far. */
  readonly creditedMinor: Minor;
  readonly vatPercent: number;
  readonly vatMinor: Minor;
  /** When it has to be paid, for what is charged whatever the balance. */
  readonly dueOn: Day | null;
  readonly detail: ChargeLineDetail | null;
}

/** Charges of an account whose period starts in `[from, to]`, newest first. */
export async function listCharges(
  ctx: Context,
  input: { accountId: string; from: Day; to: Day },
): Promise<ChargeLine[]> {
  const scope = requirePermission(ctx, "ledger:read");
  await requireAccounts(ctx, scope, [input.accountId]);
  const [{ bundles }, rows] = await Promise.all([
    readCatalog(ctx),
    rowsOf<Record<string, string | number | null> & { detail: unknown }>(
      ctx,
      sql`
    select c.*, ${ofCharge("name_ru")} as name_ru, ${ofCharge("name_en")} as name_en, coalesce(j.minor, 0) as credited_minor
    from charges c
    left join tariffs t on t.id = c.tariff_id
    left join lateral (
      select sum(amount_minor) as minor from adjustments j
      where j.account_id = c.account_id and j.subscription_id = c.subscription_id and j.period_start = c.period_start
        and j.term = c.term and j.kind = c.kind
    ) j on true
    where c.account_id = ${input.accountId} and c.period_start between ${input.from} and ${input.to}
    order by c.period_start desc, c.amount_minor desc`,
    ),
  ]);
  return rows.map((row) => ({
    subscriptionId: String(row.subscription_id),
    term: Number(row.term),
    kind: String(row.kind),
    periodStart: row.period_start as Day,
    periodEnd: row.period_end as Day,
    chargedFrom: row.charged_from as Day,
    chargedTo: row.charged_to as Day,
    chargedDays: Number(row.charged_days),
    periodDays: Number(row.period_days),
    bookedOn: row.booked_on as Day,
    tariffId: row.tariff_id === null ? null : String(row.tariff_id),
    nameRu: String(row.name_ru),
    nameEn: String(row.name_en),
    priceVersion: row.price_version === null ? null : Number(row.price_version),
    feeMinor: BigInt(row.fee_minor ?? 0),
    discountMinor: BigInt(row.discount_minor ?? 0),
    amountMinor: BigInt(row.amount_minor ?? 0),
    creditedMinor: BigInt(row.credited_minor ?? 0),
    vatPercent: Number(row.vat_percent),
    vatMinor: BigInt(row.vat_minor ?? 0),
    dueOn: row.due_on as Day | null,
    detail: detailOf(row.detail as ChargeDetail | null, bundles),
  }));
}

function detailOf(detail: ChargeDetail | null, bundles: Catalog["bundles"]): ChargeLineDetail | null {
  if (!detail) return null;
  const { discounts, ...rest } = detail;
  return { ...rest, ...(discounts && { discounts: withNames(discounts, bundles) }) };
}
