import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/blocks/page-header";
import { CatalogTabs } from "@/components/catalog/catalog-tabs";
import { PublishPromoDialog } from "@/components/catalog/promo-dialogs";
import { PromoList } from "@/components/catalog/promo-list";
import { api } from "@/server/api/rsc";
import { requirePage } from "@/server/auth/require-page";
import { may } from "@/server/domain/identity";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("catalog.tabs"))("promo") };
}

export default async function PromoCodesPage() {
  const { actor } = await requirePage("catalog:read");
  const [promo, t] = await Promise.all([api().then((call) => call.catalog.promoCodes()), getTranslations("catalog")]);
  const mayEdit = may(actor, "catalog:edit");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("promo.sub")}
        actions={mayEdit ? <PublishPromoDialog tariffs={promo.tariffs} today={promo.today} /> : null}
      />
      <CatalogTabs current="promo" />
      <PromoList promo={promo} mayEdit={mayEdit} />
    </>
  );
}
