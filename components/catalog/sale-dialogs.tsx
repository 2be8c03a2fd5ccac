"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { CatalogDialog } from "./catalog-dialog";

type Props = { tariffId: string; name: string; subscribers: number };

/** Takes a tariff off sale, and says who keeps it. */
export function EndSaleDialog({ tariffId, name, subscribers }: Props) {
  const t = useTranslations("catalog.sale");
  const client = useTRPCClient();
  return (
    <CatalogDialog
      trigger={<Button size="s">{t("end")}</Button>}
      title={t("endTitle", { name })}
      text={t("endText", { count: subscribers })}
      submit={t("end")}
      busy={t("endBusy")}
      done={t("ended")}
      danger
      run={() => client.catalog.endSale.mutate({ tariffId })}
    />
  );
}

/** Sells it again, at the price that two people agreed to. */
export function ReopenSaleDialog({ tariffId, name, price }: { tariffId: string; name: string; price: string | null }) {
  const t = useTranslations("catalog.sale");
  const client = useTRPCClient();
  return (
    <CatalogDialog
      trigger={<Button size="s">{t("reopen")}</Button>}
      title={t("reopenTitle", { name })}
      text={price ? t("reopenText", { price }) : t("reopenTextNoPrice")}
      submit={t("reopen")}
      busy={t("reopenBusy")}
      done={t("reopened")}
      run={() => client.catalog.reopenSale.mutate({ tariffId })}
    />
  );
}
