"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export function QuietHoursDialog({ hours }: { hours: { from: string; to: string } }) {
  const t = useTranslations("reminders.quiet");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={<Button size="s">{t("change")}</Button>}
      title={t("title")}
      text={t("dialogText")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={(form) =>
        client.reminders.setQuietHours.mutate({ from: String(form.get("from")), to: String(form.get("to")) })
      }
    >
      <div className="grid grid-cols-2 gap-3">
        {(["from", "to"] as const).map((name) => (
          <Field key={name} label={t(name)} required>
            {(control) => <Input {...control} type="time" name={name} defaultValue={hours[name]} />}
          </Field>
        ))}
      </div>
    </ActionDialog>
  );
}
