"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { ActionDialog, InputRefused } from "./action-dialog";
import type { SubscriptionFacts } from "./outputs";
import { typedAmount } from "./typed-amount";

type Props = { accountId: string; subscription: SubscriptionFacts; tariff: string; today: string };

export function AgreePriceDialog({ accountId, subscription, tariff, today }: Props) {
  const { feeMinor, personalPrices } = subscription;
  const t = useTranslations("subscribers.agree");
  const errors = useTranslations("subscribers.errors");
  const none = useTranslations("subscribers.subscriptions");
  const locale = useLocale();
  const client = useTRPCClient();
  const [typed, setTyped] = useState({ fee: "", from: today, to: "" });
  const amount = typedAmount(typed.fee);
  const previous = personalPrices.findLast(
    (price) => price.validFrom < typed.from && (price.validTo === null || price.validTo > typed.from),
  );
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
        if (amount === null) throw new InputRefused(errors("amount"), "feeMinor");
        return client.subscribers.agreePrice.mutate({
          accountId,
          subscriptionId: subscription.id,
          feeMinor: amount,
          validFrom: typed.from,
          validTo: typed.to || null,
        });
      }}
    >
      <CallField of="feeMinor" label={t("fee")} hint={t("feeHint")} required>
        {(control) => (
          <Input {...control} inputMode="decimal" autoComplete="off" value={typed.fee} onChange={set("fee")} />
        )}
      </CallField>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <CallField of="validFrom" label={t("from")} required>
          {(control) => <Input {...control} type="date" value={typed.from} onChange={set("from")} />}
        </CallField>
        <CallField of="validTo" label={t("to")} hint={t("toHint")}>
          {(control) => <Input {...control} type="date" value={typed.to} onChange={set("to")} />}
        </CallField>
      </div>
      {amount !== null && typed.from ? (
        <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
          {typed.to
            ? t("consequenceUntil", { ...words, to: formatDay(typed.to, locale, today) })
            : t("consequence", words)}
          {previous
            ? ` ${t("endsPrevious", { amount: formatMoney(previous.feeMinor, locale), day: words.day })}`
            : null}
        </p>
      ) : null}
    </ActionDialog>
  );
}
