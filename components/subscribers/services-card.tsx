import { useLocale, useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatAge } from "@/components/i18n/format";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { ServiceFacts } from "./outputs";
import { ResendButton } from "./resend-button";
import { ServiceLog } from "./service-log";
import { ServiceSession } from "./service-session";
import { tariffName } from "./tariff-name";

type Props = { accountId: string; services: readonly ServiceFacts[]; now: Date; mayResend: boolean };
type RowProps = { service: ServiceFacts; now: Date };

const TONES: Record<ServiceFacts["desired"]["state"], Tone> = { active: "ok", walled: "warn", closed: "off" };

/** The two truths of every service side by side, and what stands between them. */
export function ServicesCard({ accountId, services, now, mayResend }: Props) {
  const t = useTranslations("subscribers.services");
  return (
    <Card>
      <CardHeader title={t("title")} />
      {services.length === 0 ? (
        <EmptyState title={t("empty.title")} text={t("empty.text")} />
      ) : (
        <>
          <Table label={t("label")} dense>
            <Thead>
              <Tr>
                <Th>{t("service")}</Th>
                <Th>{t("billing")}</Th>
                <Th>{t("network")}</Th>
              </Tr>
            </Thead>
            <Tbody>
              {services.map((service) => (
                <TruthRow key={service.serviceId} service={service} now={now} />
              ))}
            </Tbody>
          </Table>
          <ul className="divide-y divide-line border-t border-line">
            {services.map((service) => (
              <li key={service.serviceId} className="grid gap-2.5 px-4 py-3">
                <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
                  <Difference service={service} now={now} />
                  {mayResend ? (
                    <ResendButton accountId={accountId} serviceId={service.serviceId} login={service.login} />
                  ) : null}
                </div>
                <ServiceSession service={service} now={now} />
                <ServiceLog service={service} now={now} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function TruthRow({ service, now }: RowProps) {
  const t = useTranslations("subscribers.services");
  const locale = useLocale();
  const { desired, actual } = service;
  return (
    <Tr>
      <Th scope="row" className="align-top!">
        <span className="font-medium">
          {tariffName({ nameRu: service.tariffNameRu, nameEn: service.tariffNameEn }, locale)}
        </span>
        <span className="block">
          <CopyId value={service.login} what={t("login")} />
        </span>
        <span className="num block text-muted">
          {t("speed", { down: mbit(service.downKbps), up: mbit(service.upKbps) })}
        </span>
      </Th>
      <Td className="align-top!">
        <StatusBadge tone={TONES[desired.state]} bare>
          {t(`state.${desired.state}`)}
        </StatusBadge>
        {desired.cause ? <span className="block text-muted">{t(`cause.${desired.cause}`)}</span> : null}
        <span className="block text-muted">
          {t.rich("since", { at: () => <Instant at={desired.since} now={now} /> })}
        </span>
      </Td>
      <Td className="align-top!">
        {actual ? (
          <>
            <StatusBadge tone={service.inStep ? TONES[actual.state] : "danger"} bare>
              {t(`state.${actual.state}`)}
            </StatusBadge>
            <span className="block text-muted">
              {t.rich("readAt", { at: () => <Instant at={actual.readAt} now={now} /> })}
            </span>
          </>
        ) : (
          <span className="text-muted">{t("unread")}</span>
        )}
      </Td>
    </Tr>
  );
}

function Difference({ service, now }: RowProps) {
  const t = useTranslations("subscribers.services");
  const locale = useLocale();
  const [task] = service.tasks;
  const asked = task?.startedAt ?? service.desired.since;
  if (service.inStep) {
    return (
      <StatusBadge tone="ok" size="s">
        {t("inStep")}
      </StatusBadge>
    );
  }
  return (
    <div className="min-w-0">
      <StatusBadge tone="danger" size="s">
        {t("outOfStep", { age: formatAge(now.getTime() - asked.getTime(), locale) })}
      </StatusBadge>
      {task ? (
        <p className="mt-1 text-small text-muted">
          {[t("attempts", { count: task.attempts }), service.lastError && t(`errors.${service.lastError}`)]
            .filter(Boolean)
            .join(" · ")}
          {task.nextAttemptAt ? (
            <>
              {" · "}
              {t.rich("nextAttempt", { at: () => <Instant at={task.nextAttemptAt ?? now} now={now} /> })}
            </>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

const mbit = (kbps: number) => (kbps % 1000 === 0 ? kbps / 1000 : (kbps / 1000).toFixed(1));
