import type { TariffFacts } from "./outputs";
import { EndSaleDialog, ReopenSaleDialog } from "./sale-dialogs";
import { usePriceWords } from "./use-price-words";

/** What may be done to the sale of a tariff as it stands; a draft is sold by its first published price alone. */
export function SaleActions({ facts: { tariff, subscribers, now, today } }: { facts: TariffFacts }) {
  const words = usePriceWords(today);
  const name = words.name(tariff);
  if (tariff.status === "draft") return null;
  return tariff.status === "published" ? (
    <EndSaleDialog tariffId={tariff.id} name={name} subscribers={subscribers} />
  ) : (
    <ReopenSaleDialog tariffId={tariff.id} name={name} price={now && words.fee(now)} />
  );
}
