import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { dayOf } from "@/components/i18n/format-date";
import { AccountsCard } from "@/components/subscribers/accounts-card";
import { ContactCard } from "@/components/subscribers/contact-card";
import { SubscriberHeader } from "@/components/subscribers/subscriber-header";
import { TwoColumns } from "@/components/subscribers/two-columns";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";
import { OffersSlot } from "./_components/offers-slot";
import { readProfile } from "./_components/read-profile";
import {
  CreditSlot,
  DocumentsSlot,
  HistorySlot,
  MoneySlot,
  PromisesSlot,
  RemindersSlot,
  ServicesSlot,
  StripSlot,
  slotsOf,
} from "./_components/slots";

type Props = { params: Promise<{ accountId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requirePage("customer:search");
  const [{ accountId }, t] = await Promise.all([params, getTranslations("subscribers.header")]);
  const profile = await readProfile(accountId);
  return { title: `${profile.name}, ${t("account", { number: profile.accountNumber })}` };
}

export default async function SubscriberPage({ params }: Props) {
  const { actor, now: clock, zone } = await requirePage("customer:search");
  const [{ accountId }, call] = await Promise.all([params, api()]);
  const [profile, money, terms] = await Promise.all([
    readProfile(accountId),
    orNotFound(call.subscribers.money({ accountId })),
    orNotFound(call.subscribers.paymentTerms({ accountId })),
  ]);
  const now = clock();
  const view = { accountId, actor, now, today: dayOf(now, zone) };
  return (
    <>
      <SubscriberHeader
        profile={profile}
        recommendedMinor={money.recommendedMinor}
        mayPay={may(actor, "payment:start")}
        maySandbox={may(actor, "sandbox:use")}
      />
      <StripSlot {...view} money={money} terms={terms} />
      <TwoColumns
        main={slotsOf([
          [3, <ServicesSlot key="services" {...view} />],
          [6, <MoneySlot key="money" {...view} />],
          [6, <HistorySlot key="history" {...view} />],
        ])}
        side={
          <>
            <ContactCard profile={profile} />
            {slotsOf([
              [3, <PromisesSlot key="promises" {...view} />],
              [3, <OffersSlot key="offers" {...view} />],
              [4, <DocumentsSlot key="documents" {...view} />],
              [2, <CreditSlot key="credit" {...view} />],
              [2, <RemindersSlot key="reminders" {...view} accountNumber={profile.accountNumber} />],
            ])}
            <AccountsCard profile={profile} />
          </>
        }
      />
    </>
  );
}
