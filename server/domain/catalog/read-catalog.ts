import { asc } from "drizzle-orm";
import { catalogVersion, tariffPrices, tariffs, vatRates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { remembered } from "@/server/platform/snapshot";

type Tariff = typeof tariffs.$inferSelect;
type Price = typeof tariffPrices.$inferSelect;

export interface Catalog {
  readonly tariffs: ReadonlyMap<string, Readonly<Tariff> & { readonly prices: readonly Readonly<Price>[] }>;
  readonly vatRates: readonly Readonly<typeof vatRates.$inferSelect>[];
}

/** The latest that was read, and the version it is the whole of. */
let copy: { readonly version: string; readonly catalog: Catalog } | null = null;

/**
 * The whole catalog with every price version and VAT rate: reference data, small. It is read once and after that kept by
 * its version, which the database changes with it, in one transaction: what the asker's own transaction sees decides, so
 * a copy is never older, nor newer, than the tables would be. Shared by everybody: nobody may change it.
 */
export async function readCatalog(ctx: Context): Promise<Catalog> {
  requirePermission(ctx, "tariff:read");
  return remembered(ctx, ["catalog"], async () => {
    const version = await versionOf(ctx);
    if (copy && copy.version === version) return copy.catalog;
    const catalog = await selectCatalog(ctx);
    // Where each statement sees the latest, a price may have come between two of them: then this copy is nobody's.
    if ((await versionOf(ctx)) === version) copy = { version, catalog };
    return catalog;
  });
}

async function versionOf(ctx: Context): Promise<string> {
  const [row] = await ctx.db.select({ version: catalogVersion.version }).from(catalogVersion);
  assertInvariant(row !== undefined, "catalog.no_version");
  return row.version;
}

async function selectCatalog(ctx: Context): Promise<Catalog> {
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
