"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { isFee } from "@/server/domain/subscriptions/constants";
import { ActionDialog, InputRefused } from "./action-dialog";
import type { Answers, ChargeFacts } from "./outputs";
import { tariffName } from "./tariff-name";
import { amountToType, typedAmount } from "./typed-amount";

const REASONS = ["outage", "mistake", "goodwill"] as const;

/** Gives a charge back, or a part of it. The sum stands at all that is left, and can be lowered. */
export function CorrectChargeDialog({ accountId, charge }: { accountId: string; charge: ChargeFacts }) {
  const t = useTranslations("subscribers.correct");
  const reasons = useTranslations("documents.reason");
  const errors = useTranslations("subscribers.errors");
  const locale = useLocale();
  const client = useTRPCClient();
  const leftMinor = charge.amountMinor - charge.creditedMinor;
  const [typed, setTyped] = useState(amountToType(leftMinor));
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  const amount = typedAmount(typed);
  const tariff = tariffName(charge, locale);
  if (leftMinor <= 0n) return null;
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="ghost" aria-label={`${t("button")}: ${tariff}`}>
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text", {
        tariff,
        month: formatMonth(charge.periodStart, locale).toLocaleLowerCase(locale),
        amount: formatMoney(charge.amountMinor, locale),
        left: formatMoney(leftMinor, locale),
      })}
      submit={t("submit")}
      busy={t("busy")}
      done={(answer: Answers["correctCharge"]) => t(answer.kind === "asked" ? "asked" : "made")}
      run={async (form) => {
        if (amount === null) throw new InputRefused(errors("amount"), "amountMinor");
        const answer = await client.subscribers.correctCharge.mutate({
          accountId,
          subscriptionId: charge.subscriptionId,
          term: charge.term,
          periodStart: charge.periodStart,
          kind: charge.kind,
          amountMinor: amount === leftMinor ? null : amount,
          reason: REASONS.find((one) => one === form.get("reason")) ?? "mistake",
          note: String(form.get("note")),
          requestKey,
        });
        setRequestKey(crypto.randomUUID());
        return answer;
      }}
    >
      <CallField
        of="amountMinor"
        label={t("amount")}
        hint={t("amountHint", { left: formatMoney(leftMinor, locale) })}
        required
      >
        {(control) => (
          <Input
            {...control}
            name="amount"
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </CallField>
      <Field label={t("reason")}>
        {(control) => (
          <Select
            {...control}
            name="reason"
            options={REASONS.filter((reason) => reason !== "outage" || !isFee(charge.kind)).map((reason) => ({
              value: reason,
              label: reasons(reason),
            }))}
          />
        )}
      </Field>
      <CallField of="note" label={t("note")} hint={t("noteHint")} required>
        {(control) => <Input {...control} name="note" maxLength={300} autoComplete="off" />}
      </CallField>
      {amount === null ? null : (
        <p className="text-small text-muted">{t("consequence", { amount: formatMoney(amount, locale) })}</p>
      )}
    </ActionDialog>
  );
}
