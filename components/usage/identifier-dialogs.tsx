"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ASSIGNED_KINDS } from "@/server/domain/metering/constants";

type AddProps = {
  accountId: string;
  subscriptions: readonly { readonly id: string; readonly name: string }[];
  today: string;
};

export function AddIdentifierDialog({ accountId, subscriptions, today }: AddProps) {
  const t = useTranslations("usage.identifiers");
  const kinds = useTranslations("usage.identifierKind");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={<Button size="s">{t("add")}</Button>}
      title={t("addTitle")}
      text={t("addText")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("addDone")}
      run={(form) => {
        const text = (name: string) => String(form.get(name) ?? "").trim();
        return client.usage.addIdentifier.mutate({
          accountId,
          subscriptionId: text("subscription"),
          kind: ASSIGNED_KINDS.find((kind) => kind === text("kind")) ?? "phone",
          value: text("value"),
          validFrom: text("validFrom"),
        });
      }}
    >
      <Field label={t("subscription")}>
        {(control) => (
          <Select
            {...control}
            name="subscription"
            options={subscriptions.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-[9rem_1fr]">
        <Field label={t("kind")}>
          {(control) => (
            <Select
              {...control}
              name="kind"
              options={ASSIGNED_KINDS.map((kind) => ({ value: kind, label: kinds(kind) }))}
            />
          )}
        </Field>
        <Field label={t("value")} hint={t("valueHint")} required>
          {(control) => <Input {...control} name="value" autoComplete="off" maxLength={120} />}
        </Field>
      </div>
      <Field label={t("validFrom")} required>
        {(control) => <Input {...control} type="date" name="validFrom" defaultValue={today} />}
      </Field>
    </ActionDialog>
  );
}

type EndProps = { accountId: string; identifierId: string; value: string; validFrom: string; today: string };

export function EndIdentifierDialog({ accountId, identifierId, value, validFrom, today }: EndProps) {
  const t = useTranslations("usage.identifiers");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={t("endLabel", { value })}>
          {t("end")}
        </Button>
      }
      title={t("endTitle")}
      text={t("endText", { value })}
      submit={t("endSubmit")}
      busy={t("endBusy")}
      done={t("endDone")}
      run={(form) =>
        client.usage.endIdentifier.mutate({ accountId, identifierId, validTo: String(form.get("validTo") ?? "") })
      }
    >
      <Field label={t("validTo")} required>
        {(control) => (
          <Input
            {...control}
            type="date"
            name="validTo"
            min={validFrom}
            defaultValue={today < validFrom ? validFrom : today}
          />
        )}
      </Field>
    </ActionDialog>
  );
}
