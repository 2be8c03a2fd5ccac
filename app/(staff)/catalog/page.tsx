import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { CatalogTabs } from "@/components/catalog/catalog-tabs";
import { readCatalogParams } from "@/components/catalog/list-params";
import { TariffFilters } from "@/components/catalog/tariff-filters";
import { TariffTable } from "@/components/catalog/tariff-table";
import { buttonStyle } from "@/components/ui/button-style";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog"))("title") };
}

export default async function CatalogPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor } = await requirePage("catalog:read");
  const params = readCatalogParams(await searchParams);
  const [list, t] = await Promise.all([api().then((call) => call.catalog.tariffs(params)), getTranslations("catalog")]);
  const waiting = list.waiting > 0 ? ` · ${t("list.waitingSub", { count: list.waiting })}` : "";
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={`${t("list.sub", { count: list.total })}${waiting}`}
        actions={
          may(actor, "tariff:propose") ? (
            <Link href="/catalog/new" className={buttonStyle({ kind: "primary", size: "s" })}>
              {t("create.button")}
            </Link>
          ) : null
        }
      />
      <CatalogTabs current="tariffs" />
      <TariffFilters params={params} waiting={list.waiting} />
      <TariffTable rows={list.rows} today={list.today} />
    </>
  );
}
