import { readCatalog } from "@/server/domain/catalog";
import { quoteIfPriced } from "@/server/domain/rating";
import { listSubscriptions, type PersonalPriceRow } from "@/server/domain/subscriptions";
import { type Day, dayIn, laterDay } from "@/server/kernel/day";
import type { Minor } from "@/server/kernel/money";
import type { Context } from "@/server/platform/context";

export interface PricedSubscription {
  readonly id: string;
  readonly tariffCode: string;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly downKbps: number | null;
  readonly quantity: number;
  readonly startedOn: Day;
  readonly endedOn: Day | null;
  readonly state: "planned" | "running" | "ended";
  /** Of one whole period on the day asked about (of an ended one, on its last day); null when no price has reached it. */
  readonly feeMinor: Minor | null;
  /** Version of the tariff's price; null when the price is personal. */
  readonly priceVersion: number | null;
  /** Charged for what is used: there is no fee of a period. */
  readonly isUsage: boolean;
  readonly personalPrices: readonly PersonalPriceRow[];
}

/** All subscriptions an account has or had, newest first, with what each pays: the rule that charging uses. */
export async function pricedSubscriptions(ctx: Context, accountId: string): Promise<PricedSubscription[]> {
  const today = dayIn(ctx.now(), ctx.zone);
  const [catalog, byAccount] = await Promise.all([readCatalog(ctx), listSubscriptions(ctx, [accountId])]);
  const rows = byAccount.get(accountId) ?? [];
  return rows
    .map((row): PricedSubscription => {
      const tariff = catalog.tariffs.get(row.tariffId);
      const ended = row.endedOn !== null && row.endedOn <= today;
      const fee = quoteIfPriced(row, catalog, laterDay(ended && row.endedOn ? row.endedOn : today, row.startedOn));
      return {
        id: row.id,
        isUsage: fee?.price?.chargeMethod === "usage",
        tariffCode: tariff?.code ?? "",
        nameRu: tariff?.nameRu ?? "",
        nameEn: tariff?.nameEn ?? "",
        downKbps: tariff?.downKbps ?? null,
        quantity: row.quantity,
        startedOn: row.startedOn,
        endedOn: row.endedOn,
        state: ended ? "ended" : row.startedOn > today ? "planned" : "running",
        feeMinor: fee?.feeMinor ?? null,
        priceVersion: fee?.priceVersion ?? null,
        personalPrices: row.personalPrices,
      };
    })
    .sort((a, b) => order(a) - order(b) || (a.startedOn < b.startedOn ? 1 : -1));
}

const order = ({ state }: PricedSubscription) => (state === "ended" ? 1 : 0);
