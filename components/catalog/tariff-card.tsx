import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { Card, CardHeader } from "@/components/ui/card";
import type { TariffFacts } from "./outputs";
import { PriceTerms } from "./price-terms";
import { usePriceWords } from "./use-price-words";

/** What a newcomer gets today, and the bundles the tariff is a part of. */
export function TariffCard({ facts }: { facts: TariffFacts }) {
  const t = useTranslations("catalog.tariff");
  const words = usePriceWords(facts.today);
  return (
    <Card aria-labelledby="facts">
      <CardHeader id="facts" title={t("facts")} />
      <div className="border-t border-line px-4 py-3.5">
        {facts.now ? (
          <PriceTerms price={facts.now} today={facts.today} dates={false} />
        ) : (
          <EmptyState title={t("noPrice")} />
        )}
        {facts.bundles.length > 0 ? (
          <p className="mt-3 text-small text-muted">
            {t("bundles")}: {facts.bundles.map(words.name).join(", ")}
          </p>
        ) : null}
      </div>
    </Card>
  );
}
