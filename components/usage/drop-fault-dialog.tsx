"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export function DropFaultDialog({ faultId, recordId }: { faultId: string; recordId: string }) {
  const t = useTranslations("usage.drop");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={t("label", { record: recordId })}>
          {t("action")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      danger
      run={(form) => client.usage.dropFaults.mutate({ faultIds: [faultId], note: String(form.get("note") ?? "") })}
    >
      <Field label={t("note")} hint={t("noteHint")} required>
        {(control) => <Input {...control} name="note" minLength={3} maxLength={300} autoComplete="off" />}
      </Field>
    </ActionDialog>
  );
}
