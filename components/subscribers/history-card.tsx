import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { Tabs } from "@/components/ui/tabs";
import { AuditDetails } from "./audit-details";
import { FoldedList } from "./folded-list";
import { type ActionKey, amountOf, changeOf, type EventKey, keyOf, machineOf } from "./history-words";
import type { AuditFacts, EventFacts, TariffName } from "./outputs";
import { tariffName } from "./tariff-name";

type Props = {
  events: readonly EventFacts[];
  audit: readonly AuditFacts[];
  /** What tariffs are called. */
  tariffs: readonly TariffName[];
  now: Date;
  today: string;
  live: ReactNode;
};

/** What happened to the account, and who did what to it. */
export function HistoryCard({ events, audit, tariffs, now, today, live }: Props) {
  const t = useTranslations("subscribers.history");
  return (
    <Card>
      <CardHeader title={t("title")} action={live} className="pb-0!" />
      <Tabs
        label={t("title")}
        className="[&_[role=tablist]]:px-4 [&_[role=tabpanel]]:pt-0"
        items={[
          { value: "events", label: t("events"), panel: <EventList {...{ events, tariffs, now, today }} /> },
          { value: "audit", label: t("audit"), panel: <AuditList audit={audit} now={now} /> },
        ]}
      />
    </Card>
  );
}

function EventList({ events, tariffs, now, today }: Pick<Props, "events" | "tariffs" | "now" | "today">) {
  const t = useTranslations("subscribers.history");
  const locale = useLocale();
  const told = (payload: EventFacts["payload"]) => {
    const change = changeOf(payload);
    const tariff = change && tariffs.find((one) => one.id === change.tariffId);
    return tariff ? t("change", { to: tariffName(tariff, locale), day: formatDay(change.on, locale, today) }) : null;
  };
  const words = (type: string) => {
    const key = `event.${keyOf(type) as EventKey}` as const;
    return t.has(key) ? t(key, { type }) : t("event.other", { type });
  };
  return (
    <FoldedList
      label={t("eventsLabel")}
      none={t("none")}
      items={events.map((event) => {
        const amount = amountOf(event.type, event.payload);
        return {
          id: event.id,
          node: (
            <Line
              title={words(event.type)}
              told={told(event.payload)}
              actor={event.actor}
              at={event.occurredAt}
              now={now}
            >
              {amount === null ? null : (
                <Money minor={amount} movement={event.type === "payment.posted"} className="font-semibold" />
              )}
            </Line>
          ),
        };
      })}
    />
  );
}

function AuditList({ audit, now }: { audit: readonly AuditFacts[]; now: Date }) {
  const t = useTranslations("subscribers.history");
  const words = (action: string) => {
    const key = `action.${keyOf(action) as ActionKey}` as const;
    return t.has(key) ? t(key, { action }) : t("action.other", { action });
  };
  return (
    <FoldedList
      label={t("auditLabel")}
      none={t("noAudit")}
      items={audit.map((row) => ({
        id: row.id,
        node: (
          <>
            <Line title={words(row.action)} actor={row.actor} at={row.occurredAt} now={now}>
              {row.address ? <span className="id text-muted">{row.address}</span> : null}
            </Line>
            <AuditDetails before={row.before} after={row.after} />
          </>
        ),
      }))}
    />
  );
}

type LineProps = {
  title: string;
  told?: string | null;
  actor: EventFacts["actor"];
  at: Date;
  now: Date;
  children: ReactNode;
};

function Line({ title, told = null, actor, at, now, children }: LineProps) {
  const t = useTranslations("subscribers.history");
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p>{title}</p>
        {told ? <p className="text-small">{told}</p> : null}
        <p className="text-small text-muted">
          <Instant at={at} now={now} /> ·{" "}
          {actor.kind === "person" ? (
            actor.name
          ) : (
            <span title={actor.name}>{t(`machine.${machineOf(actor.name)}`)}</span>
          )}
        </p>
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}
