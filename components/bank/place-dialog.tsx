"use client";

import { Plus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { formatMoney } from "@/components/i18n/format";
import { amountToType, typedAmount } from "@/components/subscribers/typed-amount";
import { CallDialog, InputRefused } from "@/components/trpc/call-dialog";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { CreditFacts } from "./bank-types";
import { useBankWords } from "./use-bank-words";

interface Part {
  readonly key: number;
  readonly accountNumber: string;
  readonly amount: string;
}

/** Puts a credit on an account, or splits it over several; what is left is counted as it is typed. */
export function PlaceDialog({ credit }: { credit: CreditFacts }) {
  const t = useTranslations("bank.place");
  const locale = useLocale();
  const client = useTRPCClient();
  const words = useBankWords();
  const likeliest = credit.suggestions[0];
  const first = (): Part[] => [
    { key: 0, accountNumber: likeliest?.accountNumber ?? "", amount: amountToType(credit.amountMinor) },
  ];
  const [parts, setParts] = useState(first);
  const change = (key: number, to: Partial<Part>) =>
    setParts((before) => before.map((part) => (part.key === key ? { ...part, ...to } : part)));
  const typed = parts.map(({ amount }) => typedAmount(amount));
  const leftMinor = credit.amountMinor - typed.reduce((sum: bigint, amount) => sum + (amount ?? 0n), 0n);
  const purpose = credit.purpose === "" ? [] : [credit.purpose];
  return (
    <CallDialog
      words={words}
      trigger={
        <Button size="s" aria-label={t("label", { number: credit.number })}>
          {t("action")}
        </Button>
      }
      title={t("title", { sum: formatMoney(credit.amountMinor, locale) })}
      text={[credit.payerName, ...purpose].filter(Boolean).join(" · ")}
      submit={t("submit")}
      busy={t("busy")}
      done={({ accounts }) => t("done", { count: accounts })}
      disabled={leftMinor !== 0n}
      onOpen={() => setParts(first())}
      run={() =>
        client.bank.place.mutate({
          creditId: credit.creditId,
          parts: parts.map(({ accountNumber }, place) => {
            const amountMinor = typed[place];
            if (accountNumber.trim() === "") throw new InputRefused(t("accountEmpty"), `parts.${place}.accountNumber`);
            if (!amountMinor) throw new InputRefused(t("sumWrong"), `parts.${place}.amountMinor`);
            return { accountNumber: accountNumber.trim(), amountMinor };
          }),
        })
      }
    >
      <ol className="grid gap-3">
        {parts.map((part, place) => (
          <li key={part.key} className="grid grid-cols-[1fr_7.5rem_auto] items-start gap-2">
            <CallField of={`parts.${place}.accountNumber`} label={t("account")} required>
              {(control) => (
                <Input
                  {...control}
                  value={part.accountNumber}
                  onChange={(event) => change(part.key, { accountNumber: event.currentTarget.value })}
                  autoComplete="off"
                  maxLength={60}
                  className="num"
                />
              )}
            </CallField>
            <CallField of={`parts.${place}.amountMinor`} label={t("amount")} required>
              {(control) => (
                <Input
                  {...control}
                  value={part.amount}
                  onChange={(event) => change(part.key, { amount: event.currentTarget.value })}
                  inputMode="decimal"
                  autoComplete="off"
                  className="num text-right"
                />
              )}
            </CallField>
            <IconButton
              label={t("remove", { place: place + 1 })}
              disabled={parts.length === 1}
              onClick={() => setParts((before) => before.filter(({ key }) => key !== part.key))}
              className="mt-[1.6rem]"
            >
              <X aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button
          size="s"
          kind="ghost"
          icon={<Plus aria-hidden="true" />}
          onClick={() =>
            setParts((before) => [
              ...before,
              {
                key: Math.max(...before.map(({ key }) => key)) + 1,
                accountNumber: "",
                amount: leftMinor > 0n ? amountToType(leftMinor) : "",
              },
            ])
          }
        >
          {t("add")}
        </Button>
        <p aria-live="polite" className={leftMinor === 0n ? "num text-small text-ok" : "num text-small text-warn"}>
          {leftMinor === 0n
            ? t("exact")
            : t(leftMinor > 0n ? "left" : "over", {
                sum: formatMoney(leftMinor > 0n ? leftMinor : -leftMinor, locale),
              })}
        </p>
      </div>
    </CallDialog>
  );
}
