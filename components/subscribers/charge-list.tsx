import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay, formatDayShort, formatMonth } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { UsageStory } from "@/components/usage/usage-story";
import { isFee } from "@/server/domain/subscriptions/constants";
import { CorrectChargeDialog } from "./correct-charge-dialog";
import { FoldedList } from "./folded-list";
import type { ChargeFacts } from "./outputs";
import { tariffName } from "./tariff-name";

type Props = { accountId: string; charges: readonly ChargeFacts[]; today: string; mayCorrect: boolean };

/** Charges, each with why it is as much as it is, and with the way to give it back. */
export function ChargeList({ accountId, charges, today, mayCorrect }: Props) {
  const t = useTranslations("subscribers.timeline");
  return (
    <FoldedList
      label={t("chargesLabel")}
      none={t("noCharges")}
      items={charges.map((charge) => ({
        id: `${charge.subscriptionId}|${charge.term}|${charge.periodStart}|${charge.kind}`,
        node: (
          <ChargeItem
            charge={charge}
            today={today}
            action={mayCorrect ? <CorrectChargeDialog accountId={accountId} charge={charge} /> : null}
          />
        ),
      }))}
    />
  );
}

type ItemProps = { charge: ChargeFacts; today: string; action?: ReactNode };

/** One charge with its «почему столько» folded under it. */
export function ChargeItem({ charge, today, action }: ItemProps) {
  const t = useTranslations("subscribers.timeline");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const whole = charge.amountMinor === charge.feeMinor - charge.discountMinor;
  const fee = isFee(charge.kind);
  const discount = money(charge.discountMinor);
  const words = { charged: charge.chargedDays, total: charge.periodDays };
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="font-medium">
          {tariffName(charge, locale)}
          {fee ? null : `, ${formatMonth(charge.periodStart, locale).toLocaleLowerCase(locale)}`}
        </p>
        <p className="text-small text-muted">
          {t("booked", { day: formatDay(charge.bookedOn, locale, today) })}
          {fee ? null : ` · ${t("days", words)}`}
        </p>
        <details className="mt-0.5 text-small">
          <summary className="w-fit text-muted underline hover:text-ink">{t("why")}</summary>
          <div className="num mt-1 grid gap-0.5">
            {charge.detail?.usage ? (
              <div className="mb-1 max-w-md">
                <UsageStory usage={charge.detail.usage} late={charge.detail.late} />
              </div>
            ) : (
              <p>
                {whole
                  ? t(fee ? "once" : "whole", { fee: money(charge.feeMinor) })
                  : t(charge.discountMinor > 0n ? "discounted" : "formula", {
                      ...words,
                      discount,
                      fee: money(charge.feeMinor),
                      amount: money(charge.amountMinor),
                    })}
              </p>
            )}
            {(charge.detail?.discounts ?? []).map((one) => (
              <p key={`${one.source} ${one.label}`} className="text-muted">
                {t("discountNamed", { label: tariffName(one, locale), amount: money(BigInt(one.amountMinor)) })}
              </p>
            ))}
            {charge.discountMinor > 0n && !charge.detail?.discounts ? (
              <p className="text-muted">{t("discount", { amount: discount })}</p>
            ) : null}
            {fee ? null : (
              <>
                <p className="text-muted">
                  {formatDayShort(charge.chargedFrom, locale)} – {formatDayShort(lastDay(charge.chargedTo), locale)}
                </p>
                <p className="text-muted">
                  {charge.priceVersion === null ? t("personal") : t("version", { version: charge.priceVersion })}
                </p>
              </>
            )}
            <p className="text-muted">
              {t("vat", { percent: formatPercent(charge.vatPercent, locale), amount: money(charge.vatMinor) })}
            </p>
            {charge.dueOn ? <p className="text-muted">{t("due", { day: formatDay(charge.dueOn, locale) })}</p> : null}
            {action ? <div className="-ml-3 mt-1">{action}</div> : null}
          </div>
        </details>
      </div>
      <div className="shrink-0 text-right">
        <Money minor={-charge.amountMinor} className="font-semibold" />
        {charge.creditedMinor > 0n ? (
          <p className="num text-small text-muted">{t("credited", { amount: money(charge.creditedMinor) })}</p>
        ) : null}
      </div>
    </div>
  );
}

/** The end of a paid interval is out of it; people read its last day. */
function lastDay(end: string): string {
  return new Date(Date.parse(`${end}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
