import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay, formatDayShort, formatMonth } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { FoldedList } from "./folded-list";
import type { ChargeFacts } from "./outputs";
import { tariffName } from "./tariff-name";

/** Charges, each with why it is as much as it is. */
export function ChargeList({ charges, today }: { charges: readonly ChargeFacts[]; today: string }) {
  const t = useTranslations("subscribers.timeline");
  return (
    <FoldedList
      label={t("chargesLabel")}
      none={t("noCharges")}
      items={charges.map((charge) => ({
        id: `${charge.subscriptionId}|${charge.periodStart}`,
        node: <ChargeItem charge={charge} today={today} />,
      }))}
    />
  );
}

function ChargeItem({ charge, today }: { charge: ChargeFacts; today: string }) {
  const t = useTranslations("subscribers.timeline");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const whole = charge.chargedDays === charge.periodDays;
  const words = { charged: charge.chargedDays, total: charge.periodDays };
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="font-medium">
          {tariffName({ nameRu: charge.tariffNameRu, nameEn: charge.tariffNameEn }, locale)},{" "}
          {formatMonth(charge.periodStart, locale).toLocaleLowerCase(locale)}
        </p>
        <p className="text-small text-muted">
          {t("booked", { day: formatDay(charge.bookedOn, locale, today) })} · {t("days", words)}
        </p>
        <details className="mt-0.5 text-small">
          <summary className="w-fit text-muted underline hover:text-ink">{t("why")}</summary>
          <div className="num mt-1 grid gap-0.5">
            <p>
              {whole
                ? t("whole", { fee: money(charge.feeMinor) })
                : t("formula", { ...words, fee: money(charge.feeMinor), amount: money(charge.amountMinor) })}
            </p>
            <p className="text-muted">
              {formatDayShort(charge.chargedFrom, locale)} – {formatDayShort(lastDay(charge.chargedTo), locale)}
            </p>
            <p className="text-muted">
              {charge.priceVersion === null ? t("personal") : t("version", { version: charge.priceVersion })}
            </p>
            <p className="text-muted">
              {t("vat", { percent: formatPercent(charge.vatPercent, locale), amount: money(charge.vatMinor) })}
            </p>
          </div>
        </details>
      </div>
      <Money minor={-charge.amountMinor} className="shrink-0 font-semibold" />
    </div>
  );
}

/** The end of a paid interval is out of it; people read its last day. */
function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
