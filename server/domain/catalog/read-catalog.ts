import { asc } from "drizzle-orm";
import { bundleParts, bundles, tariffPhases, tariffPrices, tariffs, vatRates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import type { Context } from "@/server/platform/context";
import { UsagePricing } from "./rules/usage-pricing";

/** The whole catalog with every price version, its phases, the bundles and VAT rates: reference data, small, read once per batch. */
export async function readCatalog(ctx: Context) {
  requirePermission(ctx, "tariff:read");
  const [allTariffs, prices, phases, sets, parts, rates] = await Promise.all([
    ctx.db.select().from(tariffs).orderBy(asc(tariffs.code)),
    ctx.db.select().from(tariffPrices).orderBy(asc(tariffPrices.tariffId), asc(tariffPrices.version)),
    ctx.db
      .select()
      .from(tariffPhases)
      .orderBy(asc(tariffPhases.tariffId), asc(tariffPhases.version), asc(tariffPhases.position)),
    ctx.db.select().from(bundles).orderBy(asc(bundles.code)),
    ctx.db.select().from(bundleParts),
    ctx.db.select().from(vatRates),
  ]);
  const phasesOf = Map.groupBy(phases, (phase) => `${phase.tariffId} ${phase.version}`);
  const partsOf = Map.groupBy(parts, (part) => part.bundleId);
  const pricesOf = Map.groupBy(
    prices.map((price) => ({
      ...price,
      phases: phasesOf.get(`${price.tariffId} ${price.version}`) ?? [],
      usagePricing: price.usagePricing ? UsagePricing.parse(price.usagePricing) : null,
    })),
    (price) => price.tariffId,
  );
  return {
    tariffs: new Map(allTariffs.map((tariff) => [tariff.id, { ...tariff, prices: pricesOf.get(tariff.id) ?? [] }])),
    bundles: sets.map((bundle) => ({ ...bundle, parts: partsOf.get(bundle.id) ?? [] })),
    vatRates: rates,
  };
}
export type Catalog = Awaited<ReturnType<typeof readCatalog>>;
export type CatalogPrice = NonNullable<ReturnType<Catalog["tariffs"]["get"]>>["prices"][number];
export type CatalogBundle = Catalog["bundles"][number];
