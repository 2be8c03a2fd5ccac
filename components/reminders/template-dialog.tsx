"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { PLACEHOLDERS } from "@/server/domain/notifications/constants";
import type { TemplateFacts } from "./outputs";

export function TemplateDialog({ text, name }: { text: TemplateFacts; name: string }) {
  const t = useTranslations("reminders.texts");
  const client = useTRPCClient();
  const locale = t(`locale.${text.locale}`);
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={t("changeNamed", { name, locale })}>
          {t("change")}
        </Button>
      }
      title={`${name} · ${locale}`}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={(form) =>
        client.reminders.changeTemplate.mutate({
          code: text.code,
          locale: text.locale,
          subject: String(form.get("subject")),
          body: String(form.get("body")).replaceAll("\r\n", "\n"),
          short: String(form.get("short")),
        })
      }
    >
      <Field label={t("subject")} required>
        {(control) => <Input {...control} name="subject" maxLength={150} defaultValue={text.subject} />}
      </Field>
      <Field label={t("body")} required>
        {(control) => <Textarea {...control} name="body" rows={10} maxLength={4_000} defaultValue={text.body} />}
      </Field>
      <Field label={t("short")} hint={t("shortHint")} required>
        {(control) => <Input {...control} name="short" maxLength={134} defaultValue={text.short} />}
      </Field>
      <p className="text-small text-muted">
        {t("placeholders")}:{" "}
        <span className="id break-words text-ink">{PLACEHOLDERS[text.event].map((one) => `{${one}}`).join(" ")}</span>
      </p>
    </ActionDialog>
  );
}
