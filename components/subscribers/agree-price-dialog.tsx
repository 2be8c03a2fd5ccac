"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActionDialog, InputRefused } from "./action-dialog";
import { typedAmount } from "./typed-amount";

type Props = { accountId: string; subscriptionId: string; tariff: string; feeMinor: bigint | null; today: string };

export function AgreePriceDialog({ accountId, subscriptionId, tariff, feeMinor, today }: Props) {
  const t = useTranslations("subscribers.agree");
  const errors = useTranslations("subscribers.errors");
  const none = useTranslations("subscribers.subscriptions");
  const locale = useLocale();
  const client = useTRPCClient();
  const [typed, setTyped] = useState({ fee: "", from: today, to: "" });
  const amount = typedAmount(typed.fee);
  const fee = feeMinor === null ? none("noPrice") : formatMoney(feeMinor, locale);
  const set = (name: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [name]: event.target.value }));
  const words = {
    day: typed.from && formatDay(typed.from, locale, today),
    amount: amount === null ? "" : formatMoney(amount, locale),
    fee,
  };
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={`${none("agree")}: ${tariff}`}>
          {none("agree")}
        </Button>
      }
      title={t("title")}
      text={t("text", { tariff, fee })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => {
        if (amount === null) throw new InputRefused(errors("amount"));
        return client.subscribers.agreePrice.mutate({
          accountId,
          subscriptionId,
          feeMinor: amount,
          validFrom: typed.from,
          validTo: typed.to || null,
        });
      }}
    >
      <Field label={t("fee")} hint={t("feeHint")} required>
        {(control) => (
          <Input {...control} inputMode="decimal" autoComplete="off" value={typed.fee} onChange={set("fee")} />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("from")} required>
          {(control) => <Input {...control} type="date" value={typed.from} onChange={set("from")} />}
        </Field>
        <Field label={t("to")} hint={t("toHint")}>
          {(control) => <Input {...control} type="date" min={typed.from} value={typed.to} onChange={set("to")} />}
        </Field>
      </div>
      {amount !== null && typed.from ? (
        <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
          {typed.to
            ? t("consequenceUntil", { ...words, to: formatDay(typed.to, locale, today) })
            : t("consequence", words)}
        </p>
      ) : null}
    </ActionDialog>
  );
}
