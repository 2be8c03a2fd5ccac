"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type AskProps = { act: "close" | "reopen"; legalEntityId: string; month: string; words: string; quiet?: boolean };

/** Asks for a month to be closed or opened; it is done when another person agrees. */
export function AskPeriodDialog({ act, legalEntityId, month, words, quiet = false }: AskProps) {
  const t = useTranslations("billing.periods");
  const client = useTRPCClient();
  const verb = act === "close" ? client.billing.closePeriod : client.billing.reopenPeriod;
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind={quiet ? "secondary" : "primary"}>
          {t(`${act}.button`)}
        </Button>
      }
      title={t(`${act}.title`, { month: words })}
      text={t(`${act}.text`)}
      submit={t(`${act}.submit`)}
      busy={t(`${act}.busy`)}
      done={t(`${act}.done`)}
      run={(form) => verb.mutate({ legalEntityId, month, reason: String(form.get("reason")) })}
    >
      <Field label={t("reason")} hint={t("reasonHint")} required>
        {(control) => <Input {...control} name="reason" minLength={3} maxLength={300} autoComplete="off" />}
      </Field>
    </ActionDialog>
  );
}

type DecideProps = { approvalId: string; act: "close" | "reopen"; isOwn: boolean; name: string; reason: string };

/** Another person agrees or declines; the one who asked may only take it back. */
export function DecidePeriod({ approvalId, act, isOwn, name, reason }: DecideProps) {
  const t = useTranslations("billing.periods");
  const client = useTRPCClient();
  const decide = (approve: boolean) => () => client.billing.decidePeriod.mutate({ approvalId, approve });
  return (
    <span className="flex flex-wrap gap-2">
      {isOwn ? null : (
        <ActionDialog
          trigger={
            <Button size="s" kind="primary">
              {t(`approve.${act}`)}
            </Button>
          }
          title={t(`approve.${act}`)}
          text={t("approve.text", { name, reason })}
          submit={t(`approve.${act}`)}
          busy={t("approve.busy")}
          done={t("approve.done")}
          run={decide(true)}
        />
      )}
      <ActionDialog
        trigger={<Button size="s">{t(isOwn ? "withdraw" : "decline")}</Button>}
        title={t(isOwn ? "withdraw" : "decline")}
        text={t("declineText", { reason })}
        submit={t(isOwn ? "withdraw" : "decline")}
        busy={t("declineBusy")}
        done={t("declined")}
        run={decide(false)}
      />
    </span>
  );
}
