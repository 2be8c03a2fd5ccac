import { useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { StatusBadge } from "@/components/ui/status-badge";
import { EndBundleDialog } from "./bundle-dialogs";
import type { Bundles } from "./outputs";
import { usePriceWords } from "./use-price-words";

export function BundleList({ bundles: { bundles, today }, mayEdit }: { bundles: Bundles; mayEdit: boolean }) {
  const t = useTranslations("catalog.bundle");
  const words = usePriceWords(today);
  return (
    <DataTable
      label={t("label")}
      rows={bundles}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")} text={t("noneText")} />}
      columns={[
        {
          key: "name",
          header: t("name"),
          rowHeader: true,
          cell: (row) => (
            <span className="block min-w-36 whitespace-normal">
              <span className="font-medium">{words.name(row)}</span>
              <span className="id block text-small text-muted">{row.code}</span>
            </span>
          ),
        },
        {
          key: "parts",
          header: t("parts"),
          cell: (row) => (
            <ul className="grid min-w-44 gap-0.5 text-small whitespace-normal">
              {row.parts.map((part) => (
                <li key={part.id}>
                  {words.name(part)}{" "}
                  <span className="num text-muted">
                    {part.discountBp === 0 ? t("noOff") : t("off", { size: words.percent(part.discountBp) })}
                  </span>
                </li>
              ))}
            </ul>
          ),
        },
        {
          key: "term",
          header: t("term"),
          cell: (row) => (
            <span className="grid justify-items-start gap-1 text-small">
              {row.validTo
                ? t("until", { from: words.day(row.validFrom), to: words.day(row.validTo) })
                : t("since", { from: words.day(row.validFrom) })}
              {row.isOver ? (
                <StatusBadge tone="off" size="s">
                  {t("over")}
                </StatusBadge>
              ) : null}
            </span>
          ),
        },
        {
          key: "end",
          header: <span className="sr-only">{t("end")}</span>,
          numeric: true,
          cell: (row) =>
            mayEdit && !row.isOver ? <EndBundleDialog bundleId={row.id} name={words.name(row)} today={today} /> : null,
        },
      ]}
    />
  );
}
