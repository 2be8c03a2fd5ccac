import { useLocale, useTranslations } from "next-intl";
import { PromoForm } from "@/components/add-ons/promo-form";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { AgreeDiscountDialog } from "./agree-discount-dialog";
import { EndDiscountDialog } from "./end-discount-dialog";
import type { DiscountFacts } from "./outputs";

type Props = {
  accountId: string;
  discounts: readonly DiscountFacts[];
  /** What a discount may be for. */
  subscriptions: readonly { id: string; name: string }[];
  today: string;
  mayAgree: boolean;
  mayRedeem: boolean;
};

/** What this subscriber's fees are cheaper by, from whom and until when; a promo code that they name is redeemed here. */
export function DiscountsCard({ accountId, discounts, subscriptions, today, mayAgree, mayRedeem }: Props) {
  const t = useTranslations("subscribers.discounts");
  const locale = useLocale();
  const nameOf = (id: string | null) => subscriptions.find((row) => row.id === id)?.name ?? t("all");
  return (
    <Card aria-labelledby="discounts">
      <CardHeader
        id="discounts"
        title={t("title")}
        action={
          mayAgree ? <AgreeDiscountDialog accountId={accountId} subscriptions={subscriptions} today={today} /> : null
        }
      />
      {discounts.length === 0 ? (
        <p className="px-4 pb-3 text-small text-muted">{t("none")}</p>
      ) : (
        <ul aria-label={t("label")} className="mb-3 divide-y divide-line border-y border-line">
          {discounts.map((row) => (
            <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2.5">
              <div className="min-w-0 flex-1 basis-40">
                <p>
                  <b className="num font-semibold">
                    −
                    {row.percentBp === null
                      ? formatMoney(row.amountMinor ?? 0n, locale)
                      : formatPercent(row.percentBp / 100, locale)}
                  </b>{" "}
                  {row.label}
                </p>
                <p className="text-small text-muted">
                  {[
                    t(row.source === "promo" ? "promo" : "personal"),
                    nameOf(row.subscriptionId),
                    row.validFrom > today ? t("from", { day: formatDay(row.validFrom, locale, today) }) : null,
                    row.validTo ? t("until", { day: formatDay(row.validTo, locale, today) }) : t("forever"),
                  ]
                    .filter((part) => part !== null)
                    .join(" · ")}
                </p>
              </div>
              {mayAgree ? <EndDiscountDialog accountId={accountId} discountId={row.id} label={row.label} /> : null}
            </li>
          ))}
        </ul>
      )}
      {mayRedeem ? <PromoForm accountId={accountId} today={today} /> : null}
    </Card>
  );
}
