"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ActionDialog } from "./action-dialog";

type Props = { accountId: string; discountId: string; label: string };

export function EndDiscountDialog({ accountId, discountId, label }: Props) {
  const t = useTranslations("subscribers.discounts");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${t("stop")}: ${label}`}>
          {t("stop")}
        </Button>
      }
      title={t("stopTitle", { label })}
      text={t("stopText")}
      submit={t("stop")}
      busy={t("stopBusy")}
      done={t("stopped")}
      danger
      run={() => client.subscribers.endDiscount.mutate({ accountId, discountId })}
    />
  );
}
