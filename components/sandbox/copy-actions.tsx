"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionDialog, InputRefused } from "@/components/subscribers/action-dialog";
import { typedAmount } from "@/components/subscribers/typed-amount";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SANDBOX_PATH } from "./outputs";

/** «What if they pay»: today by the copy's clock, or on a day ahead of it. */
export function PayDialog({ copyId, clockOn }: { copyId: string; clockOn: string }) {
  const t = useTranslations("sandbox.pay");
  const errors = useTranslations("subscribers.errors");
  const client = useTRPCClient();
  const [amount, setAmount] = useState("");
  const [paidOn, setPaidOn] = useState(clockOn);
  // The clock may have passed the day that was chosen before.
  const day = paidOn < clockOn ? clockOn : paidOn;
  return (
    <ActionDialog
      trigger={
        <Button kind="primary" size="s">
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={({ posted }) => t(posted ? "posted" : "planned")}
      run={async () => {
        const amountMinor = typedAmount(amount);
        if (amountMinor === null) throw new InputRefused(errors("amount"));
        const answer = await client.sandbox.pay.mutate({ copyId, amountMinor, paidOn: day });
        setAmount("");
        return answer;
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("amount")} required>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("day")} required>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={clockOn}
              value={day}
              onChange={(event) => setPaidOn(event.target.value)}
            />
          )}
        </Field>
      </div>
    </ActionDialog>
  );
}

export function ResetDialog({ copyId }: { copyId: string }) {
  const t = useTranslations("sandbox.reset");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button kind="secondary" size="s">
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => client.sandbox.reset.mutate({ copyId })}
    />
  );
}

export function DropDialog({ copyId }: { copyId: string }) {
  const t = useTranslations("sandbox.drop");
  const client = useTRPCClient();
  const router = useRouter();
  return (
    <ActionDialog
      danger
      trigger={
        <Button kind="secondary" size="s">
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={async () => {
        await client.sandbox.drop.mutate({ copyId });
        router.replace(SANDBOX_PATH);
      }}
    />
  );
}
