"use client";

import { useTranslations } from "next-intl";
import { CallDialog } from "@/components/trpc/call-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { useAddOnRefusal } from "./use-add-on-refusal";

type Props = { accountId: string; subscriptionId: string; name: string };

/** Off in two taps: this button and the one inside. */
export function EndDialog({ accountId, subscriptionId, name }: Props) {
  const t = useTranslations("addons.end");
  const on = useTranslations("addons.on");
  const client = useTRPCClient();
  return (
    <CallDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${on("end")}: ${name}`}>
          {on("end")}
        </Button>
      }
      title={t("title", { name })}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      danger
      words={useAddOnRefusal()}
      run={() => client.addOns.end.mutate({ accountId, subscriptionId })}
    />
  );
}
