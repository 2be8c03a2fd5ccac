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

type Props = { accountId: string; today: string };

export function OpenLimitDialog({ accountId, today }: Props) {
  const t = useTranslations("subscribers.openLimit");
  const errors = useTranslations("subscribers.errors");
  const locale = useLocale();
  const client = useTRPCClient();
  const empty = { amount: "", from: today, until: "", note: "" };
  const [typed, setTyped] = useState(empty);
  /** One limit, however often the button is pressed; a new one for the next. */
  const [requestKey, setRequestKey] = useState(() => crypto.randomUUID());
  const amountMinor = typedAmount(typed.amount);
  const set = (name: keyof typeof typed) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [name]: event.target.value }));
  return (
    <ActionDialog
      trigger={<Button size="s">{t("button")}</Button>}
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={async () => {
        if (amountMinor === null) throw new InputRefused(errors("amount"));
        await client.credit.openLimit.mutate({
          accountId,
          requestKey,
          amountMinor,
          fromOn: typed.from || null,
          untilOn: typed.until,
          note: typed.note.trim() || null,
        });
        setTyped(empty);
        setRequestKey(crypto.randomUUID());
      }}
    >
      <Field label={t("amount")} hint={t("amountHint")} required>
        {(control) => (
          <Input {...control} inputMode="decimal" autoComplete="off" value={typed.amount} onChange={set("amount")} />
        )}
      </Field>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("from")} required>
          {(control) => <Input {...control} type="date" min={today} value={typed.from} onChange={set("from")} />}
        </Field>
        <Field label={t("until")} hint={t("untilHint")} required>
          {(control) => <Input {...control} type="date" min={typed.from} value={typed.until} onChange={set("until")} />}
        </Field>
      </div>
      <Field label={t("note")}>
        {(control) => (
          <Input {...control} autoComplete="off" maxLength={500} value={typed.note} onChange={set("note")} />
        )}
      </Field>
      {amountMinor !== null && typed.until ? (
        <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
          {t("consequence", {
            amount: formatMoney(amountMinor, locale),
            day: formatDay(typed.until, locale, today),
          })}
        </p>
      ) : null}
    </ActionDialog>
  );
}
