import { useLocale, useTranslations } from "next-intl";
import { BarList } from "@/components/blocks/bar-list";
import { ChartCard } from "@/components/blocks/chart-card";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatPercent } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { Table, Tbody, Th, Tr } from "@/components/ui/table";
import type { ChurnRow, Dashboard, TenureBand } from "@/server/domain/analytics";
import { ChurnCells, ChurnHead } from "./churn-cells";
import { churnedIn, endedOfTenure } from "./hrefs";

/** Lengths against the worst of the list, so that small shares can be told apart. */
function percentOfWorst(row: ChurnRow, rows: readonly ChurnRow[]): number {
  const worst = Math.max(1, ...rows.map((other) => other.churnBp ?? 0));
  return ((row.churnBp ?? 0) / worst) * 100;
}

export function ChurnByTariff({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations("analytics.byTariff");
  const locale = useLocale();
  const rows = dashboard.churn.byTariff;
  const name = (row: (typeof rows)[number]) => (locale === "ru" ? row.nameRu : row.nameEn);
  const percent = (row: ChurnRow) => (row.churnBp === null ? "—" : formatPercent(row.churnBp / 100, locale));
  return (
    <ChartCard
      title={t("title")}
      sub={t("sub", { month: formatMonth(dashboard.month, locale) })}
      formula={t("formula")}
      chart={
        rows.length === 0 ? (
          <EmptyState title={t("empty")} />
        ) : (
          <BarList
            label={t("title")}
            items={rows.slice(0, 8).map((row) => ({
              id: row.code,
              label: name(row),
              value: `${row.ended} · ${percent(row)}`,
              percent: percentOfWorst(row, rows),
              color: "c2",
              href: churnedIn(dashboard.month, row.code),
            }))}
          />
        )
      }
      table={
        <Table label={t("title")} dense maxHeight="22rem">
          <ChurnHead first={t("tariff")} />
          <Tbody>
            {rows.map((row) => (
              <Tr key={row.code}>
                <Th scope="row">{name(row)}</Th>
                <ChurnCells row={row} href={churnedIn(dashboard.month, row.code)} />
              </Tr>
            ))}
            <Tr className="font-semibold">
              <Th scope="row">{t("total")}</Th>
              <ChurnCells row={dashboard.churn.total} href={churnedIn(dashboard.month)} />
            </Tr>
          </Tbody>
        </Table>
      }
    />
  );
}

export function ChurnByTenure({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations("analytics.byTenure");
  const locale = useLocale();
  const rows = dashboard.churn.byTenure;
  const name = ({ from, to }: TenureBand) => (to === null ? t("bandLast", { from }) : t("band", { from, to }));
  const href = (row: (typeof rows)[number]) => endedOfTenure(dashboard.month, row.startedFrom, row.startedTo);
  return (
    <ChartCard
      title={t("title")}
      sub={t("sub")}
      formula={t("formula")}
      chart={
        <BarList
          label={t("title")}
          items={rows.map((row) => ({
            id: String(row.band.from),
            label: name(row.band),
            value: row.churnBp === null ? "—" : `${row.ended} · ${formatPercent(row.churnBp / 100, locale)}`,
            percent: percentOfWorst(row, rows),
            color: "c4",
            href: href(row),
          }))}
        />
      }
      table={
        <Table label={t("title")} dense maxHeight="22rem">
          <ChurnHead first={t("tenure")} />
          <Tbody>
            {rows.map((row) => (
              <Tr key={row.band.from}>
                <Th scope="row">{name(row.band)}</Th>
                <ChurnCells row={row} href={href(row)} />
              </Tr>
            ))}
          </Tbody>
        </Table>
      }
    />
  );
}
