import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { TextLink } from "@/components/blocks/text-link";
import { formatAge, formatNumber } from "@/components/i18n/format";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { StatusBadge } from "@/components/ui/status-badge";
import type { DoorReading } from "@/server/domain/links";
import { LinkBadge } from "./link-state";

type Props = { doors: readonly DoorReading[]; now: Date; mayOpen: boolean };

/** The protocols that payment systems and banks ask by: when one asked last, what was taken and refused, what still waits. */
export function DoorCard({ doors, now, mayOpen }: Props) {
  const t = useTranslations("links.doors");
  return (
    <Card>
      <CardHeader
        title={t("title")}
        sub={t("text")}
        action={mayOpen ? <TextLink href="/billing/terminals">{t("open")}</TextLink> : null}
      />
      <div className="grid border-t border-line sm:grid-cols-2 sm:divide-x sm:divide-line">
        {doors.map((door) => (
          <Door key={door.protocol} door={door} now={now} />
        ))}
      </div>
    </Card>
  );
}

function Door({ door, now }: { door: DoorReading; now: Date }) {
  const t = useTranslations("links.doors");
  const locale = useLocale();
  const idle = door.terminals === 0 && door.lastAt === null;
  return (
    <section className="pb-3.5 max-sm:not-first:border-t max-sm:not-first:border-line">
      <CardHeader
        as="h3"
        title={t(door.protocol)}
        action={idle ? <StatusBadge tone="off">{t("none")}</StatusBadge> : <LinkBadge link={door} now={now} />}
      />
      {idle ? null : (
        <div className="px-4">
          <KeyValue
            items={[
              {
                key: "last",
                label: t("lastAt"),
                value: door.lastAt ? <Instant at={door.lastAt} now={now} /> : t("never"),
              },
              { key: "accepted", label: t("accepted"), value: formatNumber(door.accepted, locale) },
              { key: "refused", label: t("refused"), value: formatNumber(door.refused, locale) },
              { key: "waiting", label: t("waiting"), value: formatNumber(door.waiting, locale) },
              {
                key: "oldest",
                label: t("oldest"),
                value: door.oldestAt ? formatAge(now.getTime() - door.oldestAt.getTime(), locale) : "—",
              },
              { key: "terminals", label: t("terminals"), value: formatNumber(door.terminals, locale) },
            ]}
          />
        </div>
      )}
    </section>
  );
}
