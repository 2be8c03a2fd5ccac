"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ActionDialog } from "./action-dialog";

type Props = { accountId: string; amount: string; day: string; consentRequired: boolean };

/** On behalf of the subscriber, who agreed by telephone. */
export function StartPromiseDialog({ accountId, amount, day, consentRequired }: Props) {
  const t = useTranslations("subscribers.promised");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" className="justify-self-start">
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text", { amount, day })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={(form) => client.credit.startPromise.mutate({ accountId, consent: form.get("consent") === "on" })}
    >
      {consentRequired ? <Checkbox required name="consent" label={t("consent")} /> : null}
    </ActionDialog>
  );
}
