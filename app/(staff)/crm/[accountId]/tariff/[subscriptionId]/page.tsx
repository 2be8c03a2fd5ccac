import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TariffChoiceView } from "@/components/tariff-changes/choice-view";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { readProfile } from "../../_components/read-profile";

type Props = { params: Promise<{ accountId: string; subscriptionId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("changes"))("title") };
}

export default async function SubscriberTariffPage({ params }: Props) {
  await requirePage("subscription:change");
  const [ids, call, t] = await Promise.all([params, api(), getTranslations("subscribers.header")]);
  const [profile, choices] = await Promise.all([
    readProfile(ids.accountId),
    orNotFound(call.tariffChanges.choices(ids)),
  ]);
  return (
    <TariffChoiceView
      accountId={ids.accountId}
      choices={choices}
      sub={t("account", { number: profile.accountNumber })}
      back={{ href: `/crm/${ids.accountId}`, label: profile.name }}
      payHref={null}
    />
  );
}
