import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BoostCard, OfferCard, OnCard, PromoCard } from "./add-on-cards";
import type { AddOns } from "./outputs";

type Props = {
  accountId: string;
  accountNumber: string;
  addOns: AddOns;
  /** The main tariffs, above what is added to them. */
  tariffs: ReactNode;
};

/** The subscriber's tariffs and additions: what is on, what may be, more speed for a while, a promo code. */
export function ServicesView({ accountId, accountNumber, addOns, tariffs }: Props) {
  const t = useTranslations("addons");
  const payHref = `/my/pay?account=${accountId}`;
  return (
    <>
      <h1 className="text-title font-semibold">{t("title")}</h1>
      <p className="mt-0.5 mb-4 text-label text-muted">{t("sub", { number: accountNumber })}</p>
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)] lg:gap-3.5">
        <div className="grid min-w-0 gap-3 lg:gap-3.5">
          {tariffs}
          <OnCard accountId={accountId} addOns={addOns} mayEndInstalments={false} />
          <OfferCard accountId={accountId} addOns={addOns} payHref={payHref} />
        </div>
        <div className="grid min-w-0 gap-3 lg:gap-3.5">
          <BoostCard accountId={accountId} addOns={addOns} payHref={payHref} />
          <PromoCard accountId={accountId} addOns={addOns} withDiscounts />
        </div>
      </div>
    </>
  );
}
