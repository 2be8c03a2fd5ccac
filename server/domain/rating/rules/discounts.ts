import type { CatalogBundle } from "@/server/domain/catalog";
import type { DiscountRow, SubscriptionRow } from "@/server/domain/subscriptions";
import type { Day } from "@/server/kernel/day";
import { type Minor, minMinor, shareOf } from "@/server/kernel/money";
import type { PriceSurroundings } from "./quote-period";

/** One reason why a period is cheaper, and by how much. */
export interface AppliedDiscount {
  readonly source: string;
  readonly label: string;
  /** Hundredths of a percent; null for a sum. */
  readonly percentBp: number | null;
  readonly amountMinor: Minor;
}

type Granted = Omit<AppliedDiscount, "amountMinor"> & { readonly amountMinor: Minor | null };

const WHOLE_BP = 10_000;

/** The discounts in force for a subscription on `day`: its own and the account's, and those of complete bundles. */
export function discountsOn(
  subscription: SubscriptionRow,
  day: Day,
  { discounts, subscriptions }: PriceSurroundings,
  bundles: readonly CatalogBundle[],
): readonly Granted[] {
  if (discounts.length === 0 && bundles.length === 0) return NONE;
  const own = discounts.filter((row) => isFor(row, subscription.id) && isInForce(row, day));
  return [...own, ...bundles.flatMap((bundle) => partOf(bundle, subscription, day, subscriptions))];
}

const NONE: readonly Granted[] = [];

const isFor = (row: DiscountRow, subscriptionId: string) =>
  row.subscriptionId === null || row.subscriptionId === subscriptionId;

const isInForce = ({ validFrom, validTo }: { validFrom: Day; validTo: Day | null }, day: Day) =>
  validFrom <= day && (validTo === null || validTo > day);

/** What a bundle gives one of its parts on `day`: nothing as soon as one part is not there. */
function partOf(
  bundle: CatalogBundle,
  subscription: SubscriptionRow,
  day: Day,
  all: readonly SubscriptionRow[],
): Granted[] {
  const own = bundle.parts.find((part) => part.tariffId === subscription.tariffId);
  if (!own || !isInForce(bundle, day)) return [];
  const complete = bundle.parts.every((part) =>
    all.some((one) => one.tariffId === part.tariffId && one.startedOn <= day && (!one.endedOn || one.endedOn > day)),
  );
  return complete ? [{ source: "bundle", label: bundle.code, percentBp: own.discountBp, amountMinor: null }] : [];
}

/**
 * What each discount takes off a fee: percent ones add up, of the whole fee, to the whole fee at the most; then the sums, until
 * nothing is left. Half-up to a kopeck each, and together never more than the fee.
 */
export function takeOff(feeMinor: Minor, granted: readonly Granted[]): AppliedDiscount[] {
  let left = feeMinor;
  let percent = 0;
  const taken: AppliedDiscount[] = [];
  const ordered = [
    ...granted.filter((one) => one.percentBp !== null),
    ...granted.filter((one) => one.percentBp === null),
  ];
  for (const one of ordered) {
    const bp = Math.min(one.percentBp ?? 0, WHOLE_BP - percent);
    percent += bp;
    const wanted = one.percentBp === null ? (one.amountMinor ?? 0n) : shareOf(feeMinor, bp, WHOLE_BP);
    const amountMinor = minMinor(wanted, left);
    left -= amountMinor;
    if (amountMinor > 0n) taken.push({ source: one.source, label: one.label, percentBp: one.percentBp, amountMinor });
  }
  return taken;
}
