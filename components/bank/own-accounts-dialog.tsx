"use client";

import { Landmark } from "lucide-react";
import { useTranslations } from "next-intl";
import { CallDialog, InputRefused } from "@/components/trpc/call-dialog";
import { CallField } from "@/components/trpc/call-field";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/input";
import type { OwnAccountsFacts } from "./bank-types";
import { useBankWords } from "./use-bank-words";

/** The operator's own accounts in banks, a field for each of its companies. */
export function OwnAccountsDialog({ facts, isPrimary }: { facts: OwnAccountsFacts; isPrimary: boolean }) {
  const t = useTranslations("bank.own");
  const client = useTRPCClient();
  const words = useBankWords();
  return (
    <CallDialog
      words={words}
      trigger={
        <Button size="s" kind={isPrimary ? "primary" : "secondary"} icon={<Landmark aria-hidden="true" />}>
          {t("action")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={(form) => {
        const accounts = facts.legalEntities.flatMap(({ id }) =>
          numbersOf(String(form.get(id) ?? "")).map((number) => ({ legalEntityId: id, number })),
        );
        const wrong = accounts.find(({ number }) => !/^\d{20}$/.test(number));
        if (wrong) throw new InputRefused(t("wrong", { number: wrong.number }), wrong.legalEntityId);
        return client.bank.setOwnAccounts.mutate({ seen: facts.mark, accounts });
      }}
    >
      {facts.legalEntities.map(({ id, name }) => (
        <CallField key={id} of={id} label={name} hint={t("hint")}>
          {(control) => (
            <Textarea
              {...control}
              name={id}
              rows={3}
              spellCheck={false}
              className="num"
              defaultValue={facts.accounts
                .filter((one) => one.legalEntityId === id)
                .map(({ number }) => number)
                .join("\n")}
            />
          )}
        </CallField>
      ))}
    </CallDialog>
  );
}

/** A line each; banks write them with spaces and dots. */
const numbersOf = (text: string) =>
  text
    .split(/[\n,;]/)
    .map((line) => line.replace(/[\s.]/g, ""))
    .filter((line) => line !== "");
