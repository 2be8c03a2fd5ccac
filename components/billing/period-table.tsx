import { useLocale, useTranslations } from "next-intl";
import { type Column, DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatMonth } from "@/components/i18n/format-date";
import { Instant } from "@/components/ui/instant";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import type { EntityPeriods, PeriodRow } from "./billing-types";
import { AskPeriodDialog, DecidePeriod } from "./period-dialogs";

type Props = { entity: EntityPeriods; mayClose: boolean; now: Date };

const TONES: Record<PeriodRow["state"], Tone> = { running: "info", open: "warn", closed: "ok" };

/** Months of a book, newest first: closed by whom, and what waits for a second person. */
export function PeriodTable({ entity, mayClose, now }: Props) {
  const t = useTranslations("billing.periods");
  return (
    <DataTable
      label={t("label")}
      columns={useColumns({ entity, mayClose, now })}
      rows={entity.periods}
      rowKey={(row) => row.month}
      empty={<EmptyState title={t("label")} />}
    />
  );
}

function useColumns({ entity, mayClose, now }: Props): Column<PeriodRow>[] {
  const t = useTranslations("billing.periods");
  const locale = useLocale();
  const action = (row: PeriodRow) =>
    mayClose ? <Action row={row} entity={entity} words={formatMonth(row.month, locale)} /> : null;
  return [
    {
      key: "month",
      header: t("column.month"),
      rowHeader: true,
      className: "align-top",
      cell: (row) => <span className="font-medium whitespace-nowrap">{formatMonth(row.month, locale)}</span>,
    },
    {
      key: "state",
      header: t("column.state"),
      className: "align-top",
      cell: (row) => (
        <StatusBadge tone={TONES[row.state]} size="s">
          {t(`state.${row.state}`)}
        </StatusBadge>
      ),
    },
    {
      key: "who",
      header: t("column.who"),
      className: "align-top",
      cell: (row) => (
        <>
          <Who row={row} now={now} />
          <span className="mt-1.5 block lg:hidden empty:hidden">{action(row)}</span>
        </>
      ),
    },
    {
      key: "action",
      header: <span className="sr-only">{t("column.action")}</span>,
      className: "align-top text-right max-lg:hidden",
      cell: action,
    },
  ];
}

function Who({ row, now }: { row: PeriodRow; now: Date }) {
  const t = useTranslations("billing");
  const name = (label: string | null) => label ?? t("system");
  return (
    <span className="grid gap-0.5 text-small text-muted">
      {row.waiting ? (
        <span className="text-ink">
          {t(`periods.waiting.${row.waiting.act}`)} ·{" "}
          {t.rich("periods.waiting.by", {
            name: name(row.waiting.askedBy),
            reason: row.waiting.reason,
            at: () => <Instant at={row.waiting?.askedAt ?? now} now={now} />,
          })}
        </span>
      ) : null}
      {row.state === "closed" && row.closedAt ? (
        <span>
          {t.rich("periods.closedBy", {
            name: name(row.closedBy),
            at: () => <Instant at={row.closedAt ?? now} now={now} />,
          })}
        </span>
      ) : null}
      {row.reopenedAt ? (
        <span>
          {t.rich("periods.reopened", {
            name: name(row.reopenedBy),
            at: () => <Instant at={row.reopenedAt ?? now} now={now} />,
          })}
        </span>
      ) : null}
    </span>
  );
}

function Action({ row, entity, words }: { row: PeriodRow; entity: EntityPeriods; words: string }) {
  const t = useTranslations("billing");
  if (row.waiting) {
    const { approvalId, act, isOwn, askedBy, reason } = row.waiting;
    return <DecidePeriod {...{ approvalId, act, isOwn, reason }} name={askedBy ?? t("system")} />;
  }
  const act = row.state === "open" ? "close" : row.month === entity.lastClosed ? "reopen" : null;
  // The one that comes next has its button above, beside what is in its way.
  if (act === null || row.month === entity.next?.month) return null;
  const month = row.month.slice(0, 7);
  return <AskPeriodDialog act={act} legalEntityId={entity.legalEntityId} month={month} words={words} quiet />;
}
