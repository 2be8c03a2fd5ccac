import { useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { TextLink } from "@/components/blocks/text-link";
import { DayWords, Instant } from "@/components/ui/instant";
import { StatusBadge } from "@/components/ui/status-badge";
import { EndExceptionDialog } from "./exception-dialogs";
import type { ExceptionFacts } from "./outputs";

type Props = { exceptions: readonly ExceptionFacts[]; now: Date; today: string; mayEnd: boolean };

export function ExceptionTable({ exceptions, now, today, mayEnd }: Props) {
  const t = useTranslations("reminders.exceptions");
  const reasons = useTranslations("reminders.exceptionReason");
  return (
    <DataTable
      label={t("label")}
      dense
      rows={exceptions}
      rowKey={(row) => row.exceptionId}
      columns={[
        {
          key: "who",
          header: t("column.who"),
          rowHeader: true,
          cell: (row) => (
            <>
              <TextLink href={`/crm/${row.accountId}`}>{row.customerName}</TextLink>
              <span className="block font-normal text-muted">{row.accountNumber}</span>
            </>
          ),
        },
        {
          key: "reason",
          header: t("column.reason"),
          cell: (row) => (
            <>
              <StatusBadge tone={row.reason === "dispute" ? "warn" : "info"} size="s">
                {reasons(row.reason)}
              </StatusBadge>
              <div className="mt-1 grid justify-items-start gap-1 sm:hidden">
                <Until exception={row} now={now} today={today} />
                <EndButton exception={row} today={today} mayEnd={mayEnd} />
              </div>
            </>
          ),
        },
        {
          key: "from",
          header: t("column.from"),
          className: "max-lg:hidden whitespace-nowrap",
          cell: (row) => <DayWords day={row.fromOn} today={today} />,
        },
        {
          key: "until",
          header: t("column.until"),
          className: "whitespace-nowrap max-sm:hidden",
          cell: (row) => <Until exception={row} now={now} today={today} />,
        },
        {
          key: "note",
          header: t("column.note"),
          className: "max-lg:hidden",
          cell: (row) => row.note,
        },
        {
          key: "end",
          header: null,
          className: "text-right max-sm:hidden",
          cell: (row) => <EndButton exception={row} today={today} mayEnd={mayEnd} />,
        },
      ]}
      empty={<EmptyState title={t("empty")} text={t("emptyText")} />}
    />
  );
}

type OneProps = { exception: ExceptionFacts; today: string };

function Until({ exception: { untilOn, endedAt }, now, today }: OneProps & { now: Date }) {
  const t = useTranslations("reminders.exceptions");
  if (endedAt) return t.rich("ended", { at: () => <Instant at={endedAt} now={now} /> });
  return (
    <span>
      <span className="sm:hidden">{t("column.until")} </span>
      <DayWords day={untilOn} today={today} />
    </span>
  );
}

function EndButton({ exception, today, mayEnd }: OneProps & { mayEnd: boolean }) {
  const { accountId, exceptionId, customerName, endedAt, untilOn } = exception;
  if (!mayEnd || endedAt || untilOn <= today) return null;
  return <EndExceptionDialog accountId={accountId} exceptionId={exceptionId} name={customerName} />;
}
