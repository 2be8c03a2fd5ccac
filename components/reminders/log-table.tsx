import Link from "next/link";
import { useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { TextLink } from "@/components/blocks/text-link";
import { buttonStyle } from "@/components/ui/button";
import { DayWords, Instant } from "@/components/ui/instant";
import { type LogParams, logHref } from "./list-params";
import { MessageState } from "./message-state";
import type { MessageFacts } from "./outputs";
import { ResendDialog } from "./resend-dialog";
import { useWhenWords } from "./use-step-words";

type Props = {
  page: { messages: readonly MessageFacts[]; after: string | null };
  params: LogParams;
  now: Date;
  today: string;
  mayResend: boolean;
};

/** The log, newest first; the text of a message opens in its row. */
export function LogTable({ page, params, now, today, mayResend }: Props) {
  const t = useTranslations("reminders.log");
  return (
    <>
      <DataTable
        label={t("label")}
        dense
        rows={page.messages}
        rowKey={(row) => row.messageId}
        columns={useColumns({ now, today, mayResend })}
        empty={<EmptyState title={t("empty")} text={t("emptyText")} />}
      />
      <nav aria-label={t("label")} className="mt-3 flex gap-2">
        {params.after ? (
          <Link href={logHref(params, {})} className={buttonStyle({ size: "s" })}>
            {t("newest")}
          </Link>
        ) : null}
        {page.after ? (
          <Link href={logHref(params, { after: page.after })} rel="next" className={buttonStyle({ size: "s" })}>
            {t("next")}
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function useColumns({ now, today, mayResend }: Pick<Props, "now" | "today" | "mayResend">) {
  const t = useTranslations("reminders.log");
  const words = useTranslations("reminders");
  const when = useWhenWords();
  return [
    {
      key: "when",
      header: t("column.when"),
      className: "whitespace-nowrap max-lg:hidden align-top",
      cell: (row: MessageFacts) => <MessageTime message={row} now={now} />,
    },
    {
      key: "who",
      header: t("column.who"),
      rowHeader: true,
      className: "align-top",
      cell: (row: MessageFacts) => (
        <>
          <TextLink href={`/crm/${row.accountId}`}>{row.customerName}</TextLink>
          <span className="block font-normal text-muted">{row.accountNumber}</span>
          <span className="block font-normal text-muted lg:hidden">
            <MessageTime message={row} now={now} />
          </span>
        </>
      ),
    },
    {
      key: "what",
      header: t("column.what"),
      className: "align-top",
      cell: (row: MessageFacts) => (
        <>
          {words(`event.${row.event}`)}
          <span className="block text-muted">
            {when(row.offsetDays)} · <DayWords day={row.occasionOn} today={today} />
          </span>
          <div className="mt-1 sm:hidden">
            {words(`channel.${row.channel}`)}
            <MessageOutcome message={row} mayResend={mayResend} />
          </div>
          <MessageText message={row} />
        </>
      ),
    },
    {
      key: "how",
      header: t("column.how"),
      className: "max-sm:hidden align-top",
      cell: (row: MessageFacts) => (
        <>
          {words(`channel.${row.channel}`)}
          <span className="block text-muted">{row.recipient}</span>
        </>
      ),
    },
    {
      key: "state",
      header: t("column.state"),
      className: "align-top max-sm:hidden",
      cell: (row: MessageFacts) => <MessageOutcome message={row} mayResend={mayResend} />,
    },
  ];
}

function MessageOutcome({ message, mayResend }: { message: MessageFacts; mayResend: boolean }) {
  const t = useTranslations("reminders.log");
  const { accountId, messageId, attempts, state } = message;
  return (
    <>
      <div>
        <MessageState message={message} />
      </div>
      {attempts > 1 ? <span className="block text-small text-muted">{t("attempts", { count: attempts })}</span> : null}
      {mayResend && (state === "failed" || state === "unknown") ? (
        <ResendDialog accountId={accountId} messageId={messageId} />
      ) : null}
    </>
  );
}

/** When it went; of one that waits, when it will. */
export function MessageTime({ message, now }: { message: MessageFacts; now: Date }) {
  const t = useTranslations("reminders.log");
  if (message.state !== "planned") return <Instant at={message.finishedAt ?? message.createdAt} now={now} />;
  return <>{t.rich("planned", { at: () => <Instant at={message.plannedFor} now={now} /> })}</>;
}

/** As it was sent, behind one press. */
export function MessageText({ message }: { message: MessageFacts }) {
  const t = useTranslations("reminders.log");
  if (!message.body) return null;
  return (
    <details className="mt-1">
      <summary className="text-small text-muted hover:text-ink">{t("text")}</summary>
      <div className="mt-1.5 max-w-prose rounded-control bg-sunken px-3 py-2 text-small font-normal break-words whitespace-pre-line">
        {message.channel === "email" && message.subject ? <p className="mb-1 font-medium">{message.subject}</p> : null}
        {message.body}
      </div>
    </details>
  );
}
