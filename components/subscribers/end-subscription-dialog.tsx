"use client";

import { useTranslations } from "next-intl";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ActionDialog } from "./action-dialog";

const REASONS = ["left", "moved", "debt", "replaced"] as const;

type Props = {
  accountId: string;
  subscriptionId: string;
  tariff: string;
  fee: string;
  startedOn: string;
  today: string;
};

export function EndSubscriptionDialog({ accountId, subscriptionId, tariff, fee, startedOn, today }: Props) {
  const t = useTranslations("subscribers.end");
  const list = useTranslations("subscribers.subscriptions");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${list("end")}: ${tariff}`}>
          {list("end")}
        </Button>
      }
      title={t("title")}
      text={t("text", { tariff, fee })}
      submit={t("title")}
      busy={t("busy")}
      done={t("done")}
      danger
      run={(form) =>
        client.subscribers.endSubscription.mutate({
          accountId,
          subscriptionId,
          endedOn: String(form.get("endedOn")),
          reason: REASONS.find((reason) => reason === form.get("reason")) ?? "left",
        })
      }
    >
      <CallField of="endedOn" label={t("on")} hint={t("onHint")} required>
        {(control) => (
          <Input {...control} type="date" name="endedOn" defaultValue={startedOn > today ? startedOn : today} />
        )}
      </CallField>
      <Field label={t("reason")}>
        {(control) => (
          <Select
            {...control}
            name="reason"
            options={REASONS.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
          />
        )}
      </Field>
      <p className="rounded-control bg-danger-soft px-3.5 py-2.5 text-small">{t("consequence")}</p>
      <Checkbox required name="understood" label={t("confirm")} />
    </ActionDialog>
  );
}
