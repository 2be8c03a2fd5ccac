import { useLocale, useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { formatAge, formatBytes } from "@/components/i18n/format";
import { Instant } from "@/components/ui/instant";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ServiceFacts } from "./outputs";

/** The live session as the access server last told of it. */
export function ServiceSession({ service, now }: { service: ServiceFacts; now: Date }) {
  const t = useTranslations("subscribers.services");
  const locale = useLocale();
  const { lastSession: session, lastAuthentication: auth } = service;
  return (
    <div className="num flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
      <span className="text-muted">{t("session")}</span>
      {!session ? <span className="text-muted">{t("never")}</span> : null}
      {session && !session.endedAt ? (
        <StatusBadge tone="ok" size="s">
          {t("online", { age: formatAge(now.getTime() - session.startedAt.getTime(), locale) })}
        </StatusBadge>
      ) : null}
      {session?.endedAt ? (
        <span>{t.rich("offline", { at: () => <Instant at={session.endedAt ?? now} now={now} /> })}</span>
      ) : null}
      {session ? (
        <span>
          {t("traffic", {
            down: formatBytes(session.outputOctets, locale),
            up: formatBytes(session.inputOctets, locale),
          })}
        </span>
      ) : null}
      {session?.address ? <CopyId value={session.address} what={t("ip")} /> : null}
      {session?.device ? <CopyId value={session.device} what={t("device")} /> : null}
      {auth ? (
        <span className="text-muted">
          {t.rich("lastAuth", {
            at: () => <Instant at={auth.at} now={now} />,
            result: auth.accepted ? "accepted" : "rejected",
          })}
        </span>
      ) : null}
    </div>
  );
}
