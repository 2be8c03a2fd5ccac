import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { PublishBundleDialog } from "@/components/catalog/bundle-dialogs";
import { BundleList } from "@/components/catalog/bundle-list";
import { CatalogTabs } from "@/components/catalog/catalog-tabs";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.tabs"))("bundles") };
}

export default async function BundlesPage() {
  const { actor } = await requirePage("catalog:read");
  const [bundles, t] = await Promise.all([api().then((call) => call.catalog.bundles()), getTranslations("catalog")]);
  const mayEdit = may(actor, "catalog:edit");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("bundle.sub")}
        actions={mayEdit ? <PublishBundleDialog tariffs={bundles.tariffs} today={bundles.today} /> : null}
      />
      <CatalogTabs current="bundles" />
      <BundleList bundles={bundles} mayEdit={mayEdit} />
    </>
  );
}
