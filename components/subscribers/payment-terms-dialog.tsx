"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatDay } from "@/components/i18n/format-date";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Input } from "@/components/ui/input";
import { ActionDialog, InputRefused } from "./action-dialog";
import type { PaymentTermsFacts } from "./outputs";
import { typedDays } from "./typed-days";

type Props = { accountId: string; terms: PaymentTermsFacts; today: string };

const DAY_MS = 86_400_000;
const daysAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** How long the account has to pay, and how long its service goes on after that; blank is what everybody has. */
export function PaymentTermsDialog({ accountId, terms: { own, operator }, today }: Props) {
  const t = useTranslations("subscribers.terms");
  const errors = useTranslations("subscribers.errors.reason");
  const locale = useLocale();
  const client = useTRPCClient();
  const [typed, setTyped] = useState({
    paymentTermDays: String(own.paymentTermDays ?? ""),
    blockDelayDays: String(own.blockDelayDays ?? ""),
  });
  const read = { paymentTermDays: typedDays(typed.paymentTermDays), blockDelayDays: typedDays(typed.blockDelayDays) };
  return (
    <ActionDialog
      trigger={
        <button
          type="button"
          aria-label={`${t("title")}: ${t("change")}`}
          className="text-label font-normal text-muted underline hover:text-ink"
        >
          {t("change")}
        </button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => {
        const { paymentTermDays, blockDelayDays } = read;
        if (paymentTermDays === undefined)
          throw new InputRefused(errors("terms_days_out_of_bounds"), "paymentTermDays");
        if (blockDelayDays === undefined) throw new InputRefused(errors("terms_days_out_of_bounds"), "blockDelayDays");
        return client.subscribers.setPaymentTerms.mutate({ accountId, paymentTermDays, blockDelayDays });
      }}
    >
      {(["paymentTermDays", "blockDelayDays"] as const).map((name) => (
        <CallField key={name} of={name} label={t(`${name}.label`)} hint={t(`${name}.hint`, { days: operator[name] })}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              placeholder={String(operator[name])}
              value={typed[name]}
              onChange={(event) => setTyped((before) => ({ ...before, [name]: event.target.value }))}
            />
          )}
        </CallField>
      ))}
      {example()}
    </ActionDialog>
  );

  function example() {
    if (read.paymentTermDays === undefined || read.blockDelayDays === undefined) return null;
    const dueOn = daysAfter(today, read.paymentTermDays ?? operator.paymentTermDays);
    // A debt is past due from the day after, and the delay is counted from there.
    const closedOn = daysAfter(dueOn, (read.blockDelayDays ?? operator.blockDelayDays) + 1);
    return (
      <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
        {t("example", { dueOn: formatDay(dueOn, locale, today), closedOn: formatDay(closedOn, locale, today) })}
      </p>
    );
  }
}
