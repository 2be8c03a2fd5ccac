"use client";

import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";

export function ResendDialog({ accountId, messageId }: { accountId: string; messageId: string }) {
  const t = useTranslations("reminders.log");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" className="mt-1">
          {t("resend")}
        </Button>
      }
      title={t("resendTitle")}
      text={t("resendText")}
      submit={t("resendSubmit")}
      busy={t("resendBusy")}
      done={t("resendDone")}
      run={() => client.reminders.resend.mutate({ accountId, messageId })}
    />
  );
}
