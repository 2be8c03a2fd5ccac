import { asc } from "drizzle-orm";
import { bundleParts, bundles, catalogVersion, tariffPhases, tariffPrices, tariffs, vatRates } from "@/db/schema";
import { requirePermission } from "@/server/domain/identity";
import { assertInvariant } from "@/server/kernel/errors";
import type { Context } from "@/server/platform/context";
import { remembered } from "@/server/platform/snapshot";
import { UsagePricing } from "./rules/usage-pricing";

type Row<T extends { $inferSelect: unknown }> = Readonly<T["$inferSelect"]>;

export interface CatalogPrice extends Omit<Row<typeof tariffPrices>, "usagePricing"> {
  readonly usagePricing: UsagePricing | null;
  readonly phases: readonly Row<typeof tariffPhases>[];
}

export interface CatalogBundle extends Row<typeof bundles> {
  readonly parts: readonly Row<typeof bundleParts>[];
}

export interface Catalog {
  readonly tariffs: ReadonlyMap<string, Row<typeof tariffs> & { readonly prices: readonly CatalogPrice[] }>;
  readonly bundles: readonly CatalogBundle[];
  readonly vatRates: readonly Row<typeof vatRates>[];
}

/** The latest that were read, by the version each is the whole of: the operator's own database, and a sandbox beside it. */
const copies = new Map<string, Catalog>();
const MOST_COPIES = 2;

/**
 * The whole catalog with every price version, its phases, the bundles and VAT rates: reference data, small. It is read once
 * and after that kept by its version, which the database changes with it, in one transaction: what the asker's own
 * transaction sees decides, so a copy is never older, nor newer, than the tables would be. Shared by everybody: nobody may
 * change it.
 */
export async function readCatalog(ctx: Context): Promise<Catalog> {
  requirePermission(ctx, "tariff:read");
  return remembered(ctx, ["catalog"], async () => {
    const version = await versionOf(ctx);
    const known = copies.get(version);
    if (known) return known;
    const catalog = await selectCatalog(ctx);
    // Where each statement sees the latest, a price may have come between two of them: then this copy is nobody's.
    if ((await versionOf(ctx)) === version) keep(version, catalog);
    return catalog;
  });
}

function keep(version: string, catalog: Catalog): void {
  copies.set(version, catalog);
  const [oldest] = copies.keys();
  if (copies.size > MOST_COPIES && oldest !== undefined) copies.delete(oldest);
}

async function versionOf(ctx: Context): Promise<string> {
  const [row] = await ctx.db.select({ version: catalogVersion.version }).from(catalogVersion);
  assertInvariant(row !== undefined, "catalog.no_version");
  return row.version;
}

async function selectCatalog(ctx: Context): Promise<Catalog> {
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
