"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ActionDialog } from "@/components/subscribers/action-dialog";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { SANDBOX_PATH } from "./outputs";

/** From a subscriber's page to their copy's. */
export function CopyDialog({ accountId }: { accountId: string }) {
  const t = useTranslations("sandbox.copy");
  const client = useTRPCClient();
  const router = useRouter();
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
      run={async () => {
        const { copyId } = await client.sandbox.copy.mutate({ accountId });
        router.push(`${SANDBOX_PATH}/${copyId}`);
      }}
    />
  );
}
