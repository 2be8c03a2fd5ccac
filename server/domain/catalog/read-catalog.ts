import { asc } from "drizzle-orm";
import { tariffPrices, tariffs, vatRates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";

/** The whole catalog with every price version and VAT rate: reference data, small, read once per batch. */
export async function readCatalog(ctx: Context) {
  requirePermission(ctx, "tariff:read");
  const [allTariffs, prices, rates] = await Promise.all([
    ctx.db.select().from(tariffs).orderBy(asc(tariffs.code)),
    ctx.db.select().from(tariffPrices).orderBy(asc(tariffPrices.tariffId), asc(tariffPrices.version)),
    ctx.db.select().from(vatRates),
  ]);
  const pricesOf = Map.groupBy(prices, (price) => price.tariffId);
  return {
    tariffs: new Map(allTariffs.map((tariff) => [tariff.id, { ...tariff, prices: pricesOf.get(tariff.id) ?? [] }])),
    vatRates: rates,
  };
}
export type Catalog = Awaited<ReturnType<typeof readCatalog>>;
