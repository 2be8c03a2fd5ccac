"use client";

import { RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import type { FaultParams } from "./fault-params";

/** Looks anew at everything that the filter shows, not at the page alone. */
export function RetryFaultsDialog({ params, count }: { params: FaultParams; count: number }) {
  const t = useTranslations("usage.retry");
  const client = useTRPCClient();
  const { reason, source } = params;
  return (
    <ActionDialog
      trigger={
        <Button size="s" kind="primary" icon={<RotateCw aria-hidden="true" />}>
          {t("action")}
        </Button>
      }
      title={t("title")}
      text={t("text", { count })}
      submit={t("submit")}
      busy={t("busy")}
      done={({ looked, taken }) => t("done", { looked, taken })}
      run={() => client.usage.retryFaults.mutate({ ...(reason && { reason }), ...(source && { source }) })}
    />
  );
}
