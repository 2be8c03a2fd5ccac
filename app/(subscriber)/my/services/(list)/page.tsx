import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ServicesView } from "@/components/add-ons/services-view";
import { ClientMessages } from "@/components/i18n/client-messages";
import { TariffsCard } from "@/components/tariff-changes/tariffs-card";
import { TrpcProvider } from "@/components/trpc/provider";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { accountInput, type PageProps } from "../../search-params";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("addons"))("title") };
}

export default async function ServicesPage({ searchParams }: PageProps) {
  await requirePage("cabinet:home");
  const [query, caller] = await Promise.all([searchParams, api()]);
  const { id, number } = await orNotFound(caller.cabinet.account(accountInput(query)));
  const [addOns, tariffs] = await Promise.all([
    caller.addOns.list({ accountId: id }),
    caller.tariffChanges.tariffs({ accountId: id }),
  ]);
  return (
    <ClientMessages namespaces={["addons", "changes"]}>
      <TrpcProvider>
        <ServicesView
          accountId={id}
          accountNumber={number}
          addOns={addOns}
          tariffs={<TariffsCard accountId={id} tariffs={tariffs} />}
        />
      </TrpcProvider>
    </ClientMessages>
  );
}
