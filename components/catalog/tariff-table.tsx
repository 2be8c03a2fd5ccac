import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatNumber } from "@/components/i18n/format";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ListedTariff } from "./outputs";
import { usePriceWords } from "./use-price-words";

export function TariffTable({ rows, today }: { rows: readonly ListedTariff[]; today: string }) {
  const t = useTranslations("catalog.list");
  const locale = useLocale();
  const words = usePriceWords(today);
  const nextOf = ({ next }: ListedTariff) => {
    if (!next) return null;
    const said = { fee: words.fee(next.price), day: words.day(next.on) };
    return next.on === next.price.newFrom ? t("nextNew", said) : t("nextExisting", said);
  };
  return (
    <DataTable
      label={t("label")}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("empty")} text={t("emptyText")} />}
      columns={[
        {
          key: "name",
          header: t("name"),
          rowHeader: true,
          cell: (row) => (
            <span className="block min-w-40 whitespace-normal">
              <Link href={`/catalog/${row.id}`} className="font-medium hover:underline">
                {words.name(row)}
              </Link>
              <span className="block text-small font-normal text-muted">
                {words.kind(row.kind)} · <span className="id">{row.code}</span>
                {row.isPublic ? null : ` · ${t("hiddenMark")}`}
                {row.status === "published" ? null : ` · ${t(`status.${row.status}`)}`}
              </span>
            </span>
          ),
        },
        {
          key: "price",
          header: t("price"),
          numeric: true,
          cell: (row) => (row.now ? words.fee(row.now) : <span className="text-muted">{t("noPrice")}</span>),
        },
        {
          key: "next",
          header: t("next"),
          cell: (row) => (
            <span className="grid min-w-44 gap-1 text-small whitespace-normal">
              {nextOf(row)}
              {row.proposal ? (
                <span>
                  <StatusBadge tone="warn" size="s">
                    {t("waits")}
                  </StatusBadge>
                </span>
              ) : null}
            </span>
          ),
        },
        {
          key: "subscribers",
          header: t("subscribers"),
          numeric: true,
          cell: (row) => formatNumber(row.subscribers, locale),
        },
        { key: "versions", header: t("versions"), numeric: true, cell: (row) => row.versions },
      ]}
    />
  );
}
