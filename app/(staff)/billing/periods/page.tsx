import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BillingTabs } from "@/components/billing/billing-tabs";
import { NextPeriodCard } from "@/components/billing/next-period-card";
import { PeriodTable } from "@/components/billing/period-table";
import { PageHeader } from "@/components/blocks/page-header";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("billing.periods"))("title") };
}

export default async function PeriodsPage() {
  const { actor, now } = await requirePage("period:read");
  const [entities, t] = await Promise.all([
    api().then((call) => call.billing.periods()),
    getTranslations("billing.periods"),
  ]);
  const mayClose = may(actor, "period:close");
  return (
    <>
      <PageHeader title={t("title")} />
      <BillingTabs current="periods" />
      {entities.map((entity) => (
        <section key={entity.legalEntityId} aria-label={entity.name} className="mb-6 max-w-5xl">
          <p className="mb-2 font-medium">{entity.name}</p>
          <NextPeriodCard entity={entity} mayClose={mayClose} mayProve={may(actor, "ledger:prove")} />
          <PeriodTable entity={entity} mayClose={mayClose} now={now()} />
        </section>
      ))}
    </>
  );
}
