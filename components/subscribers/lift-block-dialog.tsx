"use client";

import { useTranslations } from "next-intl";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ActionDialog } from "./action-dialog";

type Props = { accountId: string; blockId: string; reason: string; what: string };

export function LiftBlockDialog({ accountId, blockId, reason, what }: Props) {
  const t = useTranslations("subscribers.lift");
  const blocks = useTranslations("subscribers.blocks");
  const client = useTRPCClient();
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={`${blocks("lift")}: ${reason}, ${what}`}>
          {blocks("lift")}
        </Button>
      }
      title={t("title")}
      text={t("text", { reason, what })}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      run={() => client.subscribers.liftBlock.mutate({ accountId, blockId })}
    />
  );
}
