import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import type { Params } from "@/components/blocks/table-url";
import { CatalogTabs } from "@/components/catalog/catalog-tabs";
import { ChangeMatrixView } from "@/components/catalog/change-matrix";
import { readCatalogParams } from "@/components/catalog/list-params";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.tabs"))("changes") };
}

export default async function ChangesPage({ searchParams }: { searchParams: Promise<Params> }) {
  const { actor } = await requirePage("catalog:read");
  const [changes, t, query] = await Promise.all([
    api().then((call) => call.catalog.changes()),
    getTranslations("catalog"),
    searchParams,
  ]);
  const { kind = "internet" } = readCatalogParams(query);
  const [fromTariffId] = [query.from].flat();
  return (
    <>
      <PageHeader title={t("title")} sub={t("changes.sub")} />
      <CatalogTabs current="changes" />
      <ChangeMatrixView
        changes={changes}
        kind={kind}
        fromTariffId={fromTariffId}
        mayEdit={may(actor, "catalog:edit")}
      />
    </>
  );
}
