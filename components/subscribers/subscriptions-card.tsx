import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatMoney } from "@/components/i18n/format";
import { formatDay, formatDayShort } from "@/components/i18n/format-date";
import type { AccountTariff } from "@/components/tariff-changes/outputs";
import { ScheduledChange } from "@/components/tariff-changes/scheduled-change";
import { buttonStyle } from "@/components/ui/button-style";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { AgreePriceDialog } from "./agree-price-dialog";
import { EndSubscriptionDialog } from "./end-subscription-dialog";
import type { SubscriptionFacts } from "./outputs";
import { tariffName } from "./tariff-name";

type Props = {
  accountId: string;
  subscriptions: readonly SubscriptionFacts[];
  today: string;
  mayAgree: boolean;
  mayEnd: boolean;
  mayChange: boolean;
  /** Main tariffs, with what is planned for them. */
  tariffs: readonly AccountTariff[];
};

/** What was promised and at which price. */
export function SubscriptionsCard({ subscriptions, ...rest }: Props) {
  const t = useTranslations("subscribers.subscriptions");
  const live = subscriptions.filter((row) => row.state !== "ended");
  const past = subscriptions.filter((row) => row.state === "ended");
  return (
    <Card>
      <CardHeader title={t("title")} />
      {subscriptions.length === 0 ? <EmptyState title={t("empty.title")} text={t("empty.text")} /> : null}
      {live.length > 0 ? (
        <ul aria-label={t("label")} className="divide-y divide-line border-t border-line">
          {live.map((row) => (
            <SubscriptionItem key={row.id} subscription={row} {...rest} />
          ))}
        </ul>
      ) : null}
      {past.length > 0 ? (
        <details className="border-t border-line">
          <summary className="px-4 py-2.5 text-small text-muted hover:text-ink focus-visible:-outline-offset-2">
            {t("past", { count: past.length })}
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {past.map((row) => (
              <SubscriptionItem key={row.id} subscription={row} {...rest} />
            ))}
          </ul>
        </details>
      ) : null}
    </Card>
  );
}

type ItemProps = Omit<Props, "subscriptions"> & { subscription: SubscriptionFacts };

function SubscriptionItem({ accountId, subscription, today, mayEnd, mayChange, tariffs, ...allowed }: ItemProps) {
  const t = useTranslations("subscribers.subscriptions");
  const locale = useLocale();
  const name = tariffName(subscription, locale);
  // A personal price is of a fee, and usage has none.
  const mayAgree = allowed.mayAgree && !subscription.isUsage;
  const { feeMinor, startedOn, endedOn, state } = subscription;
  const main = tariffs.find((row) => row.subscriptionId === subscription.id);
  const fee = feeMinor === null ? t("noPrice") : formatMoney(feeMinor, locale);
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium">
            {name}
            {subscription.quantity > 1 ? ` × ${t("quantity", { count: subscription.quantity })}` : null}
          </p>
          <p className="text-small text-muted">
            {state === "planned"
              ? t("planned", { day: formatDay(startedOn, locale, today) })
              : t("from", { day: formatDay(startedOn, locale, today) })}
            {endedOn
              ? ` · ${t(state === "ended" ? "ended" : "ends", { day: formatDay(endedOn, locale, today) })}`
              : null}
          </p>
          <PriceSource subscription={subscription} today={today} />
        </div>
        <p className="shrink-0 text-right">
          {subscription.isUsage ? (
            <span className="text-small text-muted">{t("byUsage")}</span>
          ) : feeMinor === null ? (
            <span className="text-small text-danger">{t("noPrice")}</span>
          ) : (
            t.rich("perPeriod", { amount: () => <Money minor={feeMinor} className="block font-semibold" /> })
          )}
        </p>
      </div>
      {main ? <ScheduledChange accountId={accountId} tariff={main} today={today} mayCancel={mayChange} /> : null}
      {state !== "ended" && (mayAgree || (mayChange && main) || (mayEnd && !endedOn)) ? (
        <div className="flex flex-wrap gap-2">
          {mayChange && main ? (
            <Link
              href={`/crm/${accountId}/tariff/${subscription.id}`}
              aria-label={`${t("change")}: ${name}`}
              className={buttonStyle({ size: "s" })}
            >
              {t("change")}
            </Link>
          ) : null}
          {mayAgree ? (
            <AgreePriceDialog accountId={accountId} subscription={subscription} tariff={name} today={today} />
          ) : null}
          {mayEnd && !endedOn ? (
            <EndSubscriptionDialog
              accountId={accountId}
              subscriptionId={subscription.id}
              tariff={name}
              fee={fee}
              startedOn={startedOn}
              today={today}
            />
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

function PriceSource({ subscription, today }: { subscription: SubscriptionFacts; today: string }) {
  const t = useTranslations("subscribers.subscriptions");
  const locale = useLocale();
  const { personalPrices, priceVersion } = subscription;
  const current = personalPrices.findLast(
    (price) => price.validFrom <= today && (!price.validTo || price.validTo > today),
  );
  return (
    <>
      {subscription.feeMinor === null ? null : (
        <p className="text-small text-muted">
          {priceVersion !== null
            ? t("version", { version: priceVersion })
            : current?.validTo
              ? t("personalUntil", { day: formatDay(current.validTo, locale, today) })
              : t("personal")}
        </p>
      )}
      {personalPrices.length > 0 ? (
        <details className="mt-0.5 text-small">
          <summary className="w-fit text-muted underline hover:text-ink">{t("history")}</summary>
          <ul className="num mt-1 grid gap-0.5">
            {personalPrices.map((price) => (
              <li key={price.validFrom}>
                <Money minor={price.feeMinor} />{" "}
                <span className="text-muted">
                  {price.validTo
                    ? t("period", {
                        from: formatDayShort(price.validFrom, locale),
                        to: formatDayShort(price.validTo, locale),
                      })
                    : t("from", { day: formatDayShort(price.validFrom, locale) })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
