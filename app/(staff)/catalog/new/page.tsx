import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { TariffForm } from "@/components/catalog/tariff-form";
import { dayOf } from "@/components/i18n/format-date";
import { requirePage } from "@/server/auth/require-page";
import { addDays, toDay } from "@/server/kernel/day";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.create"))("title") };
}

export default async function NewTariffPage() {
  const { now, zone } = await requirePage("tariff:propose");
  const [t, c] = await Promise.all([getTranslations("catalog.create"), getTranslations("catalog")]);
  const today = toDay(dayOf(now(), zone));
  return (
    <>
      <PageHeader back={{ href: "/catalog", label: c("title") }} title={t("title")} sub={t("sub")} />
      <TariffForm today={today} tomorrow={addDays(today, 1)} />
    </>
  );
}
