"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ActionDialog } from "./action-dialog";

type Props = { accountId: string; blockId: string; reason: string; what: string; planned: boolean };

export function LiftBlockDialog({ accountId, blockId, reason, what, planned }: Props) {
  const t = useTranslations("subscribers.lift");
  const blocks = useTranslations("subscribers.blocks");
  const client = useTRPCClient();
  const verb = blocks(planned ? "cancel" : "lift");
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={`${verb}: ${reason}, ${what}`}>
          {verb}
        </Button>
      }
      title={t(planned ? "cancelTitle" : "title")}
      text={t(planned ? "cancelText" : "text", { reason, what })}
      submit={t(planned ? "cancelSubmit" : "submit")}
      busy={t("busy")}
      done={t(planned ? "cancelDone" : "done")}
      run={() => client.subscribers.liftBlock.mutate({ accountId, blockId })}
    />
  );
}
