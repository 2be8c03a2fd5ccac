import type { Day } from "@/server/kernel/day";

export interface BundleShape {
  readonly code: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly parts: readonly { readonly tariffId: string; readonly discountBp: number }[];
}

export interface BundleFault {
  readonly reason: `bundle.${string}`;
  /** The bundle, or the tariff, it collides with. */
  readonly with?: string;
}

/**
 * What stands against a bundle: a tariff bundled with itself (`circular`), fewer than two tariffs, nothing that gets cheaper,
 * an end before the beginning, or another bundle in force on a common day that is wholly inside this one or around it
 * (`overlaps`): whoever has the larger would be given both. Bundles that share only some parts stand side by side.
 */
export function bundleFault(bundle: BundleShape, others: readonly BundleShape[]): BundleFault | null {
  const own = new Set<string>();
  for (const { tariffId } of bundle.parts) {
    if (own.has(tariffId)) return { reason: "bundle.circular", with: tariffId };
    own.add(tariffId);
  }
  if (own.size < 2) return { reason: "bundle.too_few_parts" };
  if (bundle.parts.every(({ discountBp }) => discountBp === 0)) return { reason: "bundle.gives_nothing" };
  if (bundle.validTo !== null && bundle.validTo <= bundle.validFrom) return { reason: "bundle.ends_before_it_starts" };
  for (const other of others) {
    const theirs = new Set(other.parts.map(({ tariffId }) => tariffId));
    if (shareDay(bundle, other) && (isWithin(own, theirs) || isWithin(theirs, own))) {
      return { reason: "bundle.overlaps", with: other.code };
    }
  }
  return null;
}

function shareDay(a: BundleShape, b: BundleShape): boolean {
  return (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);
}

function isWithin(inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean {
  return [...inner].every((part) => outer.has(part));
}
