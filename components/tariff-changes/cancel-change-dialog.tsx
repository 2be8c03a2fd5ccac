"use client";

import { useTranslations } from "next-intl";
import { CallDialog } from "@/components/trpc/call-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import type { AccountTariff } from "./outputs";
import { useChangeRefusal } from "./use-change-refusal";
import { useTariffWords } from "./use-tariff-words";

type Props = {
  accountId: string;
  subscriptionId: string;
  /** The tariff that stays. */
  name: string;
  scheduled: NonNullable<AccountTariff["scheduled"]>;
  today: string;
};

/** Takes back a change that has not come; what was charged for it comes back. */
export function CancelChangeDialog({ accountId, subscriptionId, name, scheduled, today }: Props) {
  const t = useTranslations("changes.cancel");
  const words = useTariffWords(today);
  const client = useTRPCClient();
  const { changeFeeMinor, effectiveOn } = scheduled;
  return (
    <CallDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${t("open")}: ${name}`}>
          {t("open")}
        </Button>
      }
      title={t("title")}
      text={t("text", { to: words.name(scheduled), day: words.day(effectiveOn), name })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      words={useChangeRefusal()}
      run={() => client.tariffChanges.cancel.mutate({ accountId, subscriptionId })}
    >
      {changeFeeMinor > 0n ? <p className="text-small">{t("fee", { amount: words.money(changeFeeMinor) })}</p> : null}
    </CallDialog>
  );
}
