"use client";

import { useTranslations } from "next-intl";
import { ActionDialog, InputRefused } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { EXCEPTION_REASONS } from "@/server/domain/notifications/constants";

export function AddExceptionDialog({ accountId, tomorrow }: { accountId: string; tomorrow: string }) {
  const t = useTranslations("reminders.exception");
  const reasons = useTranslations("reminders.exceptionReason");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={<Button size="s">{t("add")}</Button>}
      title={t("addTitle")}
      text={t("addText")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={async (form) => {
        const untilOn = String(form.get("untilOn"));
        if (untilOn < tomorrow) throw new InputRefused(t("untilWrong"));
        return client.reminders.addException.mutate({
          accountId,
          untilOn,
          reason: EXCEPTION_REASONS.find((one) => one === form.get("reason")) ?? "other",
          note: String(form.get("note") ?? "").trim() || null,
        });
      }}
    >
      <Field label={t("reason")}>
        {(control) => (
          <Select
            {...control}
            name="reason"
            options={EXCEPTION_REASONS.map((one) => ({ value: one, label: reasons(one) }))}
          />
        )}
      </Field>
      <Field label={t("until")} required>
        {(control) => <Input {...control} type="date" name="untilOn" min={tomorrow} />}
      </Field>
      <Field label={t("note")} hint={t("noteHint")}>
        {(control) => <Textarea {...control} name="note" rows={3} maxLength={500} />}
      </Field>
    </ActionDialog>
  );
}

type EndProps = { accountId: string; exceptionId: string; name?: string };

export function EndExceptionDialog({ accountId, exceptionId, name }: EndProps) {
  const t = useTranslations("reminders");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" {...(name && { "aria-label": t("exceptions.endNamed", { name }) })}>
          {t("exceptions.end")}
        </Button>
      }
      title={t("exception.endTitle")}
      text={t("exception.endText")}
      submit={t("exception.endSubmit")}
      busy={t("exception.endBusy")}
      done={t("exception.endDone")}
      run={() => client.reminders.endException.mutate({ accountId, exceptionId })}
    />
  );
}
