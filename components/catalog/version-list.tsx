import { useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import type { TariffFacts } from "./outputs";
import { usePriceWords } from "./use-price-words";

/** Every version there was and will be: whoever pays one keeps it until another reaches them. */
export function VersionList({ facts }: { facts: TariffFacts }) {
  const t = useTranslations("catalog.tariff");
  const words = usePriceWords(facts.today);
  return (
    <section aria-labelledby="versions" className="grid gap-2">
      <h2 id="versions" className="text-[1rem] font-semibold">
        {t("versions")}
      </h2>
      <DataTable
        label={t("versionsLabel")}
        rows={facts.tariff.prices}
        rowKey={(row) => String(row.version)}
        empty={<EmptyState title={t("noPrice")} />}
        columns={[
          {
            key: "number",
            header: t("number"),
            rowHeader: true,
            cell: (row) => (
              <span className="inline-flex items-center gap-2">
                {row.version}
                {row.version === facts.now?.version ? (
                  <StatusBadge tone="ok" size="s">
                    {t("current")}
                  </StatusBadge>
                ) : null}
              </span>
            ),
          },
          { key: "new", header: t("newFrom"), cell: (row) => words.day(row.newFrom) },
          {
            key: "existing",
            header: t("existingFrom"),
            cell: (row) =>
              row.existingFrom ? words.day(row.existingFrom) : <span className="text-muted">{t("never")}</span>,
          },
          { key: "fee", header: t("fee"), numeric: true, cell: (row) => words.fee(row) },
          {
            key: "how",
            header: t("how"),
            cell: (row) => (
              <span className="block min-w-40 text-small whitespace-normal">
                {words.method(row.chargeMethod)}
                {row.phases.length > 0 ? <span className="block text-muted">{words.phases(row.phases)}</span> : null}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
