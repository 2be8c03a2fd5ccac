"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";

/** Orders the month's documents; the worker issues them, and what is issued already stays as it is. */
export function IssueMonthDialog({ month, words }: { month: string; words: string }) {
  const t = useTranslations("billing.invoices.issue");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="primary">
          {t("button")}
        </Button>
      }
      title={t("title", { month: words })}
      text={t("text")}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => client.billing.issueMonth.mutate({ month })}
    />
  );
}
