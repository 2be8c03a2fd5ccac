import type { CatalogBundle } from "@/server/domain/catalog";

/** A discount as a reader is told of it. */
export interface DiscountNames {
  readonly nameRu: string;
  readonly nameEn: string;
}

type Bundles = readonly Pick<CatalogBundle, "code" | "nameRu" | "nameEn">[];

/** Discounts by names: a bundle by its own, which its code stands for; others by what was agreed, or by the code that was typed. */
export function withNames<D extends { readonly source: string; readonly label: string }>(
  discounts: readonly D[],
  bundles: Bundles,
): (D & DiscountNames)[] {
  return discounts.map((one) => {
    const bundle = one.source === "bundle" ? bundles.find(({ code }) => code === one.label) : undefined;
    return { ...one, nameRu: bundle?.nameRu ?? one.label, nameEn: bundle?.nameEn ?? one.label };
  });
}
