import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatNumber } from "@/components/i18n/format";
import { buttonStyle } from "@/components/ui/button-style";
import { Money } from "@/components/ui/money";
import { TabLinks } from "@/components/ui/tab-links";
import { RetryParked } from "./retry-parked";
import { countOf, RUN_VIEWS, type RunParams, runHref, shownStage } from "./run-params";
import type { Run, RunAccountPage } from "./run-types";
import { useReasonWords } from "./use-reason-words";

type Row = Omit<RunAccountPage["accounts"][number], "reason"> & { readonly reason: string | null };

type Props = { run: Run; params: RunParams; page: RunAccountPage; mayWork: boolean };

/** Whom a person should look at before and after: each by name, with the way to their page. */
export function RunFindings({ run, params, page, mayWork }: Props) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const { show } = params;
  const views = RUN_VIEWS.filter(
    (view) => view === show || view === "anomaly" || view === "parked" || countOf(run, view) > 0,
  );
  const charged = shownStage(run)?.skippedFor.already_charged ?? 0;
  const rows: readonly Row[] =
    show === "changes"
      ? run.changes.map((change) => ({ ...change, reason: null, amountMinor: change.monthMinor }))
      : page.accounts;
  return (
    <section aria-label={t("tabs.label")}>
      <TabLinks
        label={t("tabs.label")}
        className="mb-3 flex-wrap gap-y-0"
        items={views.map((view) => ({
          href: runHref({ runId: run.id, show: view }),
          label: t(`tabs.${view}`),
          count: formatNumber(countOf(run, view), locale),
          current: view === show,
        }))}
      />
      <p className="mb-3 max-w-3xl text-small text-muted">
        {t(`tabText.${show}`, { count: formatNumber(charged, locale) })}
      </p>
      <DataTable
        label={t(`tabs.${show}`)}
        dense
        columns={useColumns(run.id, show, mayWork)}
        rows={rows}
        rowKey={(row) => row.accountId}
        empty={<EmptyState title={t("nobody.title")} text={t("nobody.text")} />}
      />
      <Pager params={params} next={show === "changes" ? null : page.next} />
    </section>
  );
}

const changeOf = ({ amountMinor, lastMinor }: Row) => (amountMinor ?? 0n) - (lastMinor ?? 0n);

function useColumns(runId: string, show: RunParams["show"], mayWork: boolean): Column<Row>[] {
  const t = useTranslations("runs");
  const reasonWords = useReasonWords();
  const isMonth = show === "anomaly" || show === "changes";
  const months: Column<Row>[] = [
    {
      key: "last",
      header: t("column.last"),
      numeric: true,
      className: "max-lg:hidden",
      cell: (row) => <Money minor={row.lastMinor ?? 0n} />,
    },
    {
      key: "month",
      header: t("column.month"),
      numeric: true,
      cell: (row) => (
        <>
          <Money minor={row.amountMinor ?? 0n} />
          <Money minor={changeOf(row)} sign="always" className="block text-muted lg:hidden" />
        </>
      ),
    },
    {
      key: "change",
      header: t("column.change"),
      numeric: true,
      className: "max-lg:hidden",
      cell: (row) => <Money minor={changeOf(row)} sign="always" />,
    },
  ];
  return [
    {
      key: "customer",
      header: t("column.customer"),
      rowHeader: true,
      cell: (row) => (
        <>
          <Link href={`/crm/${row.accountId}`} className="font-medium hover:underline">
            {row.customerName}
          </Link>
          <span className="block text-muted lg:hidden">
            {row.accountNumber}
            {row.reason ? ` · ${reasonWords(row.reason)}` : null}
          </span>
        </>
      ),
    },
    { key: "account", header: t("column.account"), className: "max-lg:hidden", cell: (row) => row.accountNumber },
    ...(show === "changes"
      ? []
      : [
          {
            key: "reason",
            header: t("column.reason"),
            className: "max-lg:hidden",
            cell: (row: Row) => reasonWords(row.reason ?? ""),
          },
        ]),
    ...(isMonth ? months : []),
    ...(show === "refused" || show === "settled"
      ? [
          {
            key: "due",
            header: t("column.due"),
            numeric: true,
            cell: (row: Row) => (row.amountMinor === null ? "—" : <Money minor={row.amountMinor} />),
          },
        ]
      : []),
    ...(show === "parked" && mayWork
      ? [
          {
            key: "action",
            header: <span className="sr-only">{t("column.action")}</span>,
            numeric: true,
            cell: (row: Row) => <RetryParked runId={runId} accountId={row.accountId} name={row.customerName} />,
          },
        ]
      : []),
  ];
}

/** Pages go on by the last account seen; back is to the start. */
function Pager({ params, next }: { params: RunParams; next: string | null }) {
  const t = useTranslations("runs");
  return (
    <nav aria-label={t("pages")} className="mt-3 flex justify-between gap-2 empty:hidden" data-print="hide">
      {params.after ? (
        <Link href={runHref(params)} className={buttonStyle({ size: "s" })}>
          {t("first")}
        </Link>
      ) : null}
      {next ? (
        <Link href={runHref(params, next)} rel="next" className={buttonStyle({ size: "s", className: "ml-auto" })}>
          {t("more")}
        </Link>
      ) : null}
    </nav>
  );
}
