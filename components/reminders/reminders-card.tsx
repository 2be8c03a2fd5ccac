import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/blocks/text-link";
import { formatDay } from "@/components/i18n/format-date";
import { FoldedList } from "@/components/subscribers/folded-list";
import { Card, CardHeader } from "@/components/ui/card";
import { AddExceptionDialog, EndExceptionDialog } from "./exception-dialogs";
import { MessageText, MessageTime } from "./log-table";
import { MessageState } from "./message-state";
import type { ExceptionFacts, MessageFacts } from "./outputs";
import { REMINDER_PAGES } from "./reminders-header";
import { useWhenWords } from "./use-step-words";

type Props = {
  accountId: string;
  accountNumber: string;
  messages: readonly MessageFacts[];
  exception: ExceptionFacts | null;
  now: Date;
  today: string;
  tomorrow: string;
  mayExcept: boolean;
};

/** What this subscriber was told, what became of each message, and the exception they stand under. */
export function RemindersCard(props: Props) {
  const { accountId, accountNumber, messages, exception, now, today, tomorrow, mayExcept } = props;
  const t = useTranslations("reminders");
  const locale = useLocale();
  const when = useWhenWords();
  return (
    <Card>
      <CardHeader
        title={t("card.title")}
        action={mayExcept && !exception ? <AddExceptionDialog accountId={accountId} tomorrow={tomorrow} /> : null}
      />
      {exception ? (
        <div className="mx-4 mb-3 flex items-start justify-between gap-3 rounded-control bg-warn-soft px-3 py-2 text-small">
          <p className="min-w-0 break-words">
            {t("exception.now", {
              reason: t(`exceptionReason.${exception.reason}`),
              day: formatDay(exception.untilOn, locale, today),
            })}
            {exception.note ? <span className="block text-muted">{exception.note}</span> : null}
          </p>
          {mayExcept ? <EndExceptionDialog accountId={accountId} exceptionId={exception.exceptionId} /> : null}
        </div>
      ) : null}
      <div className={messages.length > 0 ? "border-t border-line" : ""}>
        <FoldedList
          label={t("card.label")}
          none={t("card.none")}
          items={messages.map((message) => ({
            id: message.messageId,
            node: (
              <>
                <div className="flex items-start justify-between gap-3">
                  <div className="min-w-0">
                    <p>
                      {t(`event.${message.event}`)}, {when(message.offsetDays)}
                    </p>
                    <p className="text-small text-muted">
                      {t(`channel.${message.channel}`)} · <MessageTime message={message} now={now} />
                    </p>
                  </div>
                  <div className="max-w-[45%] shrink-0 text-right">
                    <MessageState message={message} />
                  </div>
                </div>
                <MessageText message={message} />
              </>
            ),
          }))}
        />
      </div>
      {messages.length > 0 ? (
        <p className="border-t border-line px-4 py-2.5 text-small">
          <TextLink href={`${REMINDER_PAGES.log}?accountNumber=${encodeURIComponent(accountNumber)}`}>
            {t("card.all")}
          </TextLink>
        </p>
      ) : null}
    </Card>
  );
}
