"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ActionDialog } from "./action-dialog";

const REASONS = ["administrative", "voluntary"] as const;

type Props = { accountId: string; subscriptions: readonly { id: string; name: string }[]; today: string };

export function PlaceBlockDialog({ accountId, subscriptions, today }: Props) {
  const t = useTranslations("subscribers.place");
  const blocks = useTranslations("subscribers.blocks");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={<Button size="s">{blocks("place")}</Button>}
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      danger
      run={(form) =>
        client.subscribers.placeBlock.mutate({
          accountId,
          reason: form.get("reason") === "voluntary" ? "voluntary" : "administrative",
          subscriptionId: String(form.get("subscriptionId") ?? "") || null,
          fromOn: String(form.get("fromOn") ?? "") || null,
          untilOn: String(form.get("untilOn") ?? "") || null,
          note: String(form.get("note") ?? "").trim() || null,
        })
      }
    >
      <Field label={t("reason")}>
        {(control) => (
          <Select
            {...control}
            name="reason"
            options={REASONS.map((reason) => ({ value: reason, label: blocks(`reason.${reason}`) }))}
          />
        )}
      </Field>
      {subscriptions.length > 1 ? (
        <Field label={t("what")}>
          {(control) => (
            <Select
              {...control}
              name="subscriptionId"
              options={[
                { value: "", label: blocks("whole") },
                ...subscriptions.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      ) : null}
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("from")} hint={t("fromHint")}>
          {(control) => <Input {...control} type="date" name="fromOn" min={today} defaultValue={today} />}
        </Field>
        <Field label={t("until")} hint={t("untilHint")}>
          {(control) => <Input {...control} type="date" name="untilOn" min={today} />}
        </Field>
      </div>
      <Field label={t("note")} hint={t("noteHint")}>
        {(control) => <Textarea {...control} name="note" rows={3} maxLength={500} />}
      </Field>
    </ActionDialog>
  );
}
