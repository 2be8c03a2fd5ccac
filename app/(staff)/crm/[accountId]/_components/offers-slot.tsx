import { getLocale } from "next-intl/server";
import { BoostCard, OfferCard } from "@/components/add-ons/add-on-cards";
import { DiscountsCard } from "@/components/subscribers/discounts-card";
import { tariffName } from "@/components/subscribers/tariff-name";
import { api } from "@/server/api/rsc";
import type { WebContext } from "@/server/auth/web-context";
import { may } from "@/server/domain/identity";

type Props = { accountId: string; actor: WebContext["actor"]; today: string };

/** What makes it cheaper, and what may be switched on for whoever is on the phone. */
export async function OffersSlot({ accountId, actor, today }: Props) {
  const call = await api();
  const maySwitch = may(actor, "addon:switch");
  const [discounts, subscriptions, addOns, locale] = await Promise.all([
    call.subscribers.discounts({ accountId }),
    call.subscribers.subscriptions({ accountId }),
    maySwitch ? call.addOns.list({ accountId }) : null,
    getLocale(),
  ]);
  const live = subscriptions.filter((row) => row.state !== "ended");
  return (
    <>
      <DiscountsCard
        accountId={accountId}
        discounts={discounts}
        subscriptions={live.map((row) => ({ id: row.id, name: tariffName(row, locale) }))}
        today={today}
        mayAgree={may(actor, "discount:agree")}
        mayRedeem={may(actor, "promo:redeem")}
      />
      {addOns ? (
        <>
          <BoostCard accountId={accountId} addOns={addOns} payHref={null} />
          <OfferCard accountId={accountId} addOns={addOns} payHref={null} folded />
        </>
      ) : null}
    </>
  );
}
