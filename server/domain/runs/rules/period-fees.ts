import type { Catalog } from "@/server/domain/catalog";
import { type AccountSnapshot, changedTo, quoteIfPriced, termStart } from "@/server/domain/rating";
import type { Minor } from "@/server/kernel/money";

/** Of each subscription, a whole period under the tariff that a waiting change will give it, else under its own. */
export function periodFeesOf(snapshot: AccountSnapshot, catalog: Catalog): [subscriptionId: string, Minor][] {
  return snapshot.subscriptions.flatMap((row) => {
    const waiting = snapshot.changes.find((change) => change.subscriptionId === row.id);
    const subscription = waiting ? changedTo(row, waiting.toTariffId, waiting.effectiveOn) : row;
    const quote = quoteIfPriced(subscription, catalog, termStart(subscription), snapshot);
    return quote ? [[row.id, quote.feeMinor - quote.discountMinor]] : [];
  });
}
