"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ActionDialog } from "./action-dialog";
import type { SuspensionFacts } from "./outputs";

type Props = { accountId: string; suspension: Pick<SuspensionFacts, "policy" | "terms"> };

/** The subscriber's pause, asked for by telephone: the same rules as in the cabinet. */
export function BeginSuspensionDialog({ accountId, suspension: { policy, terms } }: Props) {
  const t = useTranslations("subscribers.suspend");
  const locale = useLocale();
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={<Button size="s">{t("button")}</Button>}
      title={t("title")}
      text={t("text", { min: policy.minDays, max: policy.maxDays, left: terms.quotaLeftDays })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={(form) =>
        client.subscribers.beginSuspension.mutate({
          accountId,
          fromOn: String(form.get("fromOn") ?? ""),
          untilOn: String(form.get("untilOn") ?? ""),
        })
      }
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Field label={t("from")} required>
          {(control) => (
            <Input
              {...control}
              type="date"
              name="fromOn"
              min={terms.earliestOn}
              max={terms.latestOn}
              defaultValue={terms.earliestOn}
            />
          )}
        </Field>
        <Field label={t("until")} hint={t("untilHint")} required>
          {(control) => <Input {...control} type="date" name="untilOn" min={terms.earliestOn} />}
        </Field>
      </div>
      <p className="rounded-control bg-info-soft px-3.5 py-2.5 text-small">
        {policy.feeMinor > 0n ? t("fee", { amount: formatMoney(policy.feeMinor, locale) }) : t("free")}
      </p>
    </ActionDialog>
  );
}
