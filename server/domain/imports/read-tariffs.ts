import { publishTariffs, readCatalog } from "@/server/domain/catalog";
import type { Context } from "@/server/platform/context";
import type { Mapping } from "./schema";

/** The tariffs that a file's rows may be on: the catalog's and those that the mapping brings along. */
export interface KnownTariffs {
  /** Lower-case code or name → code. */
  readonly names: ReadonlyMap<string, string>;
  readonly internetCodes: ReadonlySet<string>;
}

export async function readTariffs(ctx: Context, mapping: Mapping): Promise<KnownTariffs> {
  const catalog = await readCatalog(ctx);
  const names = new Map<string, string>();
  const internetCodes = new Set<string>();
  // The catalog last: what is published under a code already is what that code means.
  for (const tariff of [...mapping.tariffs, ...catalog.tariffs.values()]) {
    for (const name of [tariff.nameRu, tariff.nameEn]) names.set(name.toLowerCase(), tariff.code);
    if (tariff.kind === "internet") internetCodes.add(tariff.code);
    else internetCodes.delete(tariff.code);
  }
  for (const { code } of [...mapping.tariffs, ...catalog.tariffs.values()]) names.set(code, code);
  return { names, internetCodes };
}

/** No subscription is older, so a list price from this day on covers every history. */
const PRICED_FROM = "1992-01-01";

/**
 * Ids of the tariffs the rows are on, by code. Those the mapping brings and the catalog lacks are published, closed to new
 * subscribers: they belong to the former operator's people.
 */
export async function publishMissing(tx: Context, mapping: Mapping, codes: ReadonlySet<string>) {
  const known = new Set([...(await readCatalog(tx)).tariffs.values()].map((tariff) => tariff.code));
  const missing = mapping.tariffs.filter(({ code }) => codes.has(code) && !known.has(code));
  if (missing.length > 0) {
    await publishTariffs(
      tx,
      missing.map(({ feeMinor, ...tariff }) => ({
        ...tariff,
        isPublic: false,
        price: { newFrom: PRICED_FROM, feeMinor },
      })),
    );
  }
  const { tariffs } = await readCatalog(tx);
  return new Map([...tariffs.values()].map((tariff) => [tariff.code, tariff.id]));
}
