import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { PriceForm } from "@/components/catalog/price-form";
import { api, orNotFound } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { addDays } from "@/server/kernel/day";

type Props = { params: Promise<{ tariffId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.form"))("title") };
}

export default async function ProposePage({ params }: Props) {
  await requirePage("tariff:propose");
  const [{ tariffId }, call, t, locale] = await Promise.all([
    params,
    api(),
    getTranslations("catalog.form"),
    getLocale(),
  ]);
  const { tariff, now, today } = await orNotFound(call.catalog.tariff({ tariffId }));
  const name = locale === "ru" ? tariff.nameRu : tariff.nameEn;
  return (
    <>
      <PageHeader back={{ href: `/catalog/${tariffId}`, label: name }} title={t("title")} sub={t("sub", { name })} />
      <PriceForm tariffId={tariffId} now={now} today={today} tomorrow={addDays(today, 1)} />
    </>
  );
}
