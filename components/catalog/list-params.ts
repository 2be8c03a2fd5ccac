import { type Params, tableHref } from "@/components/blocks/table-url";
import { TARIFF_KINDS, type TariffKind } from "@/server/domain/catalog/constants";

export const LIST_PATH = "/catalog";
const SHOWN = ["public", "hidden"] as const;

export interface CatalogParams {
  readonly query?: string;
  readonly kind?: TariffKind;
  readonly shown?: (typeof SHOWN)[number];
  readonly waiting: boolean;
}

/** What the address narrows the list to; anything it does not know narrows nothing. */
export function readCatalogParams(params: Params): CatalogParams {
  const one = (name: string) => [params[name]].flat()[0];
  const kind = TARIFF_KINDS.find((known) => known === one("kind"));
  const shown = SHOWN.find((known) => known === one("shown"));
  const query = one("q")?.trim().slice(0, 100);
  return { ...(query && { query }), ...(kind && { kind }), ...(shown && { shown }), waiting: one("waiting") === "1" };
}

export function catalogHref(params: CatalogParams, changes: Params = {}): string {
  const { query, kind, shown, waiting } = params;
  return tableHref(LIST_PATH, { q: query, kind, shown, waiting: waiting ? "1" : undefined }, changes);
}
