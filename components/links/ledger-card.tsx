import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { formatNumber } from "@/components/i18n/format";
import { formatInstant } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { LinkMap } from "@/server/domain/links";
import { RetryButton } from "./retry-button";

/** The ledger's proof and the time from payment to service, with the button that proves it now. */
export function LedgerCard({ map, now, mayCheck }: { map: LinkMap; now: Date; mayCheck: boolean }) {
  const t = useTranslations("links");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const { ledger, activation } = map;
  const state = ledger.provenAt === null ? "never" : ledger.differing === 0 ? "agrees" : "differs";
  const seconds = (ms: number | null) =>
    ms === null ? t("activation.none") : t("activation.seconds", { value: formatNumber(ms / 1000, locale, 1) });
  return (
    <Card>
      <div className="grid sm:grid-cols-2 sm:divide-x sm:divide-line">
        <div className="pb-3.5">
          <CardHeader
            title={t("ledgerCard.title")}
            sub={t("ledgerCard.text")}
            action={
              <StatusBadge tone={state === "agrees" ? "ok" : state === "differs" ? "danger" : "off"}>
                {t(`ledger.${state}`, { count: ledger.differing })}
              </StatusBadge>
            }
          />
          <div className="grid gap-3 px-4">
            <KeyValue
              items={[
                {
                  key: "at",
                  label: t("ledgerCard.provenAt"),
                  value: ledger.provenAt ? formatInstant(ledger.provenAt, now, locale, zone) : t("ledger.never"),
                },
                { key: "accounts", label: t("ledgerCard.accounts"), value: formatNumber(ledger.accounts, locale) },
                { key: "differing", label: t("ledgerCard.differing"), value: formatNumber(ledger.differing, locale) },
              ]}
            />
            {mayCheck ? <RetryButton link="ledger" primary={false} /> : null}
          </div>
        </div>
        <div className="pb-3.5 max-sm:border-t max-sm:border-line">
          <CardHeader title={t("activation.title")} />
          <div className="px-4">
            <KeyValue
              items={[
                { key: "hour", label: t("activation.hour"), value: seconds(activation.hourP95Ms) },
                { key: "day", label: t("activation.day"), value: seconds(activation.dayP50Ms) },
                { key: "count", label: t("activation.count"), value: formatNumber(activation.dayCount, locale) },
              ]}
            />
          </div>
        </div>
      </div>
    </Card>
  );
}
