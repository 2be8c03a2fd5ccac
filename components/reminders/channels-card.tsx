import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import { CHANNELS } from "@/server/domain/notifications/constants";
import type { LadderFacts } from "./outputs";
import { QuietHoursDialog } from "./quiet-hours-dialog";

/** What carries each channel now: a file reaches nobody, and that is said plainly. */
export function ChannelsCard({ carriers }: Pick<LadderFacts, "carriers">) {
  const t = useTranslations("reminders");
  return (
    <Card>
      <CardHeader title={t("channels.title")} sub={t("channels.sub")} />
      <ul className="divide-y divide-line border-t border-line">
        {CHANNELS.map((channel) => {
          const isReal = carriers[channel] !== "file";
          return (
            <li key={channel} className="px-4 py-3">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
                {t(`channel.${channel}`)}
                <StatusBadge tone={isReal ? "ok" : "warn"} size="s">
                  {t(isReal ? "channels.real" : "channels.stub")}
                </StatusBadge>
              </p>
              <p className="mt-0.5 text-small text-muted">
                {t(isReal ? "channels.smtp" : channel === "email" ? "channels.fileEmail" : "channels.fileOther")}
              </p>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

export function QuietHoursCard({ hours, mayEdit }: { hours: LadderFacts["quietHours"]; mayEdit: boolean }) {
  const t = useTranslations("reminders.quiet");
  return (
    <Card className="pb-4">
      <CardHeader title={t("title")} sub={t("sub")} action={mayEdit ? <QuietHoursDialog hours={hours} /> : null} />
      <p className="num px-4 text-[1.25rem] font-semibold tracking-[-0.02em]">
        {hours.from === hours.to ? t("none") : t("value", { from: hours.from, to: hours.to })}
      </p>
      <p className="px-4 text-small text-muted">{t("zone")}</p>
    </Card>
  );
}
