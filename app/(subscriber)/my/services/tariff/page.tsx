import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TariffChoiceView } from "@/components/tariff-changes/choice-view";
import { TrpcProvider } from "@/components/trpc/provider";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps, textOf } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("changes"))("title") };
}

export default async function TariffPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller, t] = await Promise.all([searchParams, api(), getTranslations("addons")]);
  const { id, number } = await orNotFound(caller.cabinet.account(accountInput(query)));
  const subscriptionId = textOf(query.subscription) ?? "";
  const choices = await orNotFound(caller.tariffChanges.choices({ accountId: id, subscriptionId }));
  return (
    <ClientMessages namespaces={["changes"]}>
      <TrpcProvider>
        <TariffChoiceView
          accountId={id}
          choices={choices}
          sub={t("sub", { number })}
          back={{ href: `/my/services?account=${id}`, label: t("title") }}
          payHref={`/my/pay?account=${id}`}
        />
      </TrpcProvider>
    </ClientMessages>
  );
}
