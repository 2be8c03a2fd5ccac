"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { DiscountFields } from "@/components/catalog/discount-fields";
import { readDiscount, type TypedDiscount } from "@/components/catalog/typed-discount";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { ActionDialog, InputRefused } from "./action-dialog";

type Props = { accountId: string; subscriptions: readonly { id: string; name: string }[]; today: string };

/** A share off one subscription or off all, or a sum off one, with the reason that the subscriber will read. */
export function AgreeDiscountDialog({ accountId, subscriptions, today }: Props) {
  const t = useTranslations("subscribers.discounts");
  const errors = useTranslations("subscribers.errors");
  const client = useTRPCClient();
  const [size, setSize] = useState<TypedDiscount>({ kind: "percent", text: "" });
  const [typed, setTyped] = useState({ label: "", from: today, to: "", subscriptionId: "" });
  /** One discount, however often the button is pressed; another one each time the dialog opens. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  const set = (name: keyof typeof typed) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setTyped((before) => ({ ...before, [name]: value }));
  };
  return (
    <ActionDialog
      trigger={<Button size="s">{t("agree")}</Button>}
      title={t("agreeTitle")}
      text={t("agreeText")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      onOpen={() => setRequestKey(crypto.randomUUID())}
      run={async () => {
        const discount = readDiscount(size);
        if (!discount) throw new InputRefused(size.kind === "percent" ? t("percentWrong") : errors("amount"));
        await client.subscribers.agreeDiscount.mutate({
          accountId,
          requestKey,
          subscriptionId: typed.subscriptionId || null,
          label: typed.label,
          ...discount,
          validFrom: typed.from,
          validTo: typed.to || null,
        });
      }}
    >
      <Field label={t("why")} hint={t("whyHint")} required>
        {(control) => <Input {...control} maxLength={120} value={typed.label} onChange={set("label")} />}
      </Field>
      <Field label={t("for")}>
        {(control) => (
          <Select
            {...control}
            value={typed.subscriptionId}
            onChange={set("subscriptionId")}
            options={[
              { value: "", label: t("all") },
              ...subscriptions.map((row) => ({ value: row.id, label: row.name })),
            ]}
          />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <DiscountFields typed={size} onType={setSize} t={t} />
        <Field label={t("start")} required>
          {(control) => <Input {...control} type="date" min={today} value={typed.from} onChange={set("from")} />}
        </Field>
        <Field label={t("end")} hint={t("endHint")}>
          {(control) => <Input {...control} type="date" min={typed.from} value={typed.to} onChange={set("to")} />}
        </Field>
      </div>
    </ActionDialog>
  );
}
