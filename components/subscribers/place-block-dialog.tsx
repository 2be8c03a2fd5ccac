"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ActionDialog } from "./action-dialog";

const REASONS = ["administrative", "voluntary"] as const;

type Props = { accountId: string; subscriptions: readonly { id: string; name: string }[] };

export function PlaceBlockDialog({ accountId, subscriptions }: Props) {
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
      <Field label={t("note")} hint={t("noteHint")}>
        {(control) => <Textarea {...control} name="note" rows={3} maxLength={500} />}
      </Field>
    </ActionDialog>
  );
}
