import type { inferRouterOutputs } from "@trpc/server";
import { useLocale, useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { PageHeader } from "@/components/blocks/page-header";
import { periodWords } from "@/components/cabinet/period-words";
import { formatNumber, formatPhone } from "@/components/i18n/format";
import { Instant } from "@/components/ui/instant";
import type { AppRouter } from "@/server/api/root";
import { recordWords } from "./unit-words";

type Page = inferRouterOutputs<AppRouter>["cabinet"]["usage"];
type Row = Page["records"][number];

/** Record by record what a line of usage was made of, the latest first. */
export function UsageRecordsView({ page }: { page: Page }) {
  const t = useTranslations("usage.records");
  const locale = useLocale();
  const { records, count, from, to } = page;
  const tariff = locale === "ru" ? page.nameRu : page.nameEn;
  const waiting = records.filter((record) => !record.isCharged).length;
  const isMixed = waiting > 0 && waiting < records.length;
  const sub = [
    t("sub", { tariff, period: periodWords(from, to, locale) }),
    t("count", { count }),
    ...(waiting > 0 && !isMixed ? [t("allWait")] : []),
    ...(count > records.length ? [t("shown", { count: records.length })] : []),
  ];
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={sub.join(" · ")}
        back={{ href: `/my/statement${page.account ? `?account=${page.account.id}` : ""}`, label: t("back") }}
      />
      <DataTable
        label={t("label")}
        dense
        rows={records.map((record, place) => ({ ...record, place }))}
        rowKey={({ place }) => `${place}`}
        columns={useColumns(page.now, isMixed)}
        empty={<EmptyState title={t("empty")} text={t("emptyText")} />}
      />
    </>
  );
}

/** Which of them wait is said row by row only where some do and some do not. */
function useColumns(now: Date, isMixed: boolean): Column<Row>[] {
  const t = useTranslations("usage.records");
  const words = useTranslations("usage");
  const locale = useLocale();
  return [
    {
      key: "when",
      header: t("when"),
      rowHeader: true,
      className: "align-top",
      cell: (row) => (
        <>
          <Instant at={row.occurredAt} now={now} className="font-normal" />
          {row.isCharged || !isMixed ? null : (
            <span className="block text-small font-normal text-muted">{t("waits")}</span>
          )}
        </>
      ),
    },
    {
      key: "what",
      header: t("what"),
      className: "align-top",
      cell: (row) => (
        <>
          {locale === "ru" ? row.nameRu : row.nameEn}
          {row.label ? (
            <span className="num block whitespace-nowrap text-muted sm:hidden">{formatPhone(row.label)}</span>
          ) : null}
        </>
      ),
    },
    {
      key: "whom",
      header: t("whom"),
      className: "num align-top whitespace-nowrap max-sm:hidden",
      cell: (row) => (row.label ? formatPhone(row.label) : "—"),
    },
    {
      key: "howMuch",
      header: t("howMuch"),
      numeric: true,
      className: "align-top",
      cell: (row) => (row.unit ? recordWords(row.units, row.unit, words, locale) : formatNumber(row.units, locale)),
    },
  ];
}
