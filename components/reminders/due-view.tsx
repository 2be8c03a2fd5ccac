import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { StatStrip } from "@/components/blocks/stat-strip";
import { TextLink } from "@/components/blocks/text-link";
import { formatNumber } from "@/components/i18n/format";
import { Button, buttonStyle } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { DayWords } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DueFacts } from "./outputs";
import { REMINDER_PAGES } from "./reminders-header";
import { useWhenWords } from "./use-step-words";

type Props = { due: DueFacts; today: string; isLadderOff: boolean };

/** Who will be told what on a day: figures, then names. */
export function DueView({ due, today, isLadderOff }: Props) {
  const t = useTranslations("reminders.due");
  const locale = useLocale();
  const silent = due.messages.filter((message) => message.recipient === null).length;
  const count = (value: number) => formatNumber(value, locale);
  return (
    <>
      <DayForm day={due.day} today={today} />
      <StatStrip
        label={t("label")}
        items={[
          { id: "found", label: t("found"), value: count(due.found) },
          { id: "silent", label: t("withoutAddress"), value: count(silent) },
          { id: "looked", label: t("looked"), value: count(due.looked) },
        ]}
      />
      <DueTable due={due} today={today} isLadderOff={isLadderOff} />
      <p className="mt-3 flex flex-wrap items-center gap-3 text-small text-muted">
        {due.found > due.messages.length
          ? t("first", { count: count(due.messages.length), total: count(due.found) })
          : null}
        {due.after ? (
          <>
            {t("partly")}
            <a href={`${REMINDER_PAGES.due}?day=${due.day}&after=${due.after}`} className={buttonStyle({ size: "s" })}>
              {t("more")}
            </a>
          </>
        ) : null}
      </p>
    </>
  );
}

function DayForm({ day, today }: { day: string; today: string }) {
  const t = useTranslations("reminders.due");
  return (
    <form action={REMINDER_PAGES.due} className="mb-4 flex flex-wrap items-center gap-2">
      <label htmlFor="due-day" className="text-small">
        {t("day")}
      </label>
      <Input id="due-day" type="date" name="day" size="s" defaultValue={day} min={today} className="w-40!" />
      <Button type="submit" size="s">
        {t("show")}
      </Button>
    </form>
  );
}

function DueTable({ due, today, isLadderOff }: Props) {
  const t = useTranslations("reminders.due");
  const words = useTranslations("reminders");
  const when = useWhenWords();
  return (
    <DataTable
      label={t("label")}
      dense
      rows={due.messages}
      rowKey={(row) => `${row.accountId}/${row.stepId}/${row.occasionOn}`}
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
          key: "what",
          header: t("column.what"),
          cell: (row) => (
            <>
              {words(`event.${row.event}`)}
              <span className="block text-muted">
                {when(row.offsetDays)}
                <span className="sm:hidden">, {words(`channel.${row.channel}`)}</span>
              </span>
            </>
          ),
        },
        {
          key: "how",
          header: t("column.how"),
          className: "max-sm:hidden",
          cell: (row) => (
            <>
              {words(`channel.${row.channel}`)}
              <span className="block text-muted">
                {row.recipient ?? (
                  <StatusBadge tone="warn" size="s">
                    {t("noAddress")}
                  </StatusBadge>
                )}
              </span>
            </>
          ),
        },
        {
          key: "when",
          header: t("column.when"),
          className: "max-lg:hidden whitespace-nowrap",
          cell: (row) => <DayWords day={row.occasionOn} today={today} />,
        },
        {
          key: "amount",
          header: t("column.amount"),
          numeric: true,
          cell: (row) => <Money minor={row.amountMinor} kopecks="whole" />,
        },
      ]}
      empty={
        isLadderOff ? (
          <EmptyState
            title={t("off")}
            text={t("offText")}
            action={
              <a href={REMINDER_PAGES.ladder} className={buttonStyle({ size: "s" })}>
                {t("toLadder")}
              </a>
            }
          />
        ) : (
          <EmptyState title={t("empty")} text={t("emptyText")} />
        )
      }
    />
  );
}
