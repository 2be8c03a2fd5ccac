"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActionDialog, InputRefused } from "./action-dialog";
import { amountToType, typedAmount } from "./typed-amount";

export function CreditLimitDialog({ accountId, limitMinor }: { accountId: string; limitMinor: bigint }) {
  const t = useTranslations("subscribers.limit");
  const errors = useTranslations("subscribers.errors");
  const locale = useLocale();
  const client = useTRPCClient();
  const [typed, setTyped] = useState(amountToType(limitMinor));
  const amount = typedAmount(typed);
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
      text={t("text", { limit: formatMoney(limitMinor, locale) })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => {
        if (amount === null) throw new InputRefused(errors("amount"));
        return client.subscribers.setCreditLimit.mutate({ accountId, creditLimitMinor: amount });
      }}
    >
      <Field label={t("label")} hint={t("hint")} required>
        {(control) => (
          <Input
            {...control}
            name="limit"
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {amount === null ? null : (
        <p className="text-small text-muted">
          {amount === 0n ? t("prepaid") : t("raise", { amount: formatMoney(-amount, locale) })}
        </p>
      )}
    </ActionDialog>
  );
}
