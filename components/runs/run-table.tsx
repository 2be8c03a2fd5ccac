import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { formatMoney, formatNumber } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { RUNS_PATH } from "./run-params";
import { RunStateBadge } from "./run-state";
import type { ListedRun } from "./run-types";
import { whoActed } from "./who-acted";

type Props = { runs: readonly ListedRun[]; now: Date; showsEntity: boolean; empty: ReactNode };

const wide = "max-lg:hidden";

/** Runs, latest month first; on a phone the month carries its figures with it. */
export function RunTable({ runs, now, showsEntity, empty }: Props) {
  const t = useTranslations("runs.list");
  return (
    <DataTable
      label={t("label")}
      columns={useColumns(now, showsEntity)}
      rows={runs}
      rowKey={(run) => run.id}
      empty={empty}
    />
  );
}

function useColumns(now: Date, showsEntity: boolean): Column<ListedRun>[] {
  const t = useTranslations("runs");
  const locale = useLocale();
  return [
    {
      key: "month",
      header: t("list.column.month"),
      rowHeader: true,
      cell: (run) => (
        <>
          <Link href={`${RUNS_PATH}/${run.id}`} className="font-medium hover:underline">
            {formatMonth(run.periodStart, locale)}
          </Link>
          {run.kind === "repeat" ? <span className="text-muted"> · {t("kind.repeat")}</span> : null}
          {showsEntity ? <span className="block text-small text-muted">{run.entityName}</span> : null}
          {run.charged > 0 || run.creditedMinor > 0n ? (
            <span className="block text-small text-muted lg:hidden">
              <Money minor={run.chargedMinor} />
              <GivenBack run={run} />
            </span>
          ) : null}
          {run.parked > 0 ? (
            <span className="num block text-small text-danger lg:hidden">
              {t("list.column.parked")}: {formatNumber(run.parked, locale)}
            </span>
          ) : null}
        </>
      ),
    },
    { key: "state", header: t("list.column.state"), cell: (run) => <RunStateBadge run={run} size="s" /> },
    {
      key: "accounts",
      header: t("list.column.accounts"),
      numeric: true,
      className: wide,
      cell: (run) =>
        run.accounts === 0
          ? "—"
          : t("list.accounts", {
              charged: formatNumber(run.charged, locale),
              accounts: formatNumber(run.accounts, locale),
            }),
    },
    {
      key: "sum",
      header: t("list.column.sum"),
      numeric: true,
      className: wide,
      cell: (run) =>
        run.accounts === 0 ? (
          "—"
        ) : (
          <>
            <Money minor={run.chargedMinor} />
            <GivenBack run={run} />
          </>
        ),
    },
    {
      key: "parked",
      header: t("list.column.parked"),
      numeric: true,
      className: wide,
      cell: (run) =>
        run.parked > 0 ? <span className="font-medium text-danger">{formatNumber(run.parked, locale)}</span> : "—",
    },
    {
      key: "who",
      header: t("list.column.who"),
      className: wide,
      cell: (run) => (
        <span className="text-small text-muted">
          {whoActed(run.openedBy, run.openedByName, t)}, <Instant at={run.openedAt} now={now} />
        </span>
      ),
    },
  ];
}

/** A run that only gave back has charged nothing, and yet moved money. */
function GivenBack({ run: { creditedMinor } }: { run: ListedRun }) {
  const t = useTranslations("runs.list");
  const locale = useLocale();
  if (creditedMinor === 0n) return null;
  return (
    <span className="num block text-small text-muted">
      {t("credited", { sum: formatMoney(creditedMinor, locale) })}
    </span>
  );
}
