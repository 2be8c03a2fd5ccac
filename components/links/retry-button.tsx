"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import type { LinkName } from "@/server/domain/links";

/** Sets going what waits on a link; for the ledger, proves it. Says how many in words. */
export function RetryButton({ link, primary }: { link: LinkName | "ledger"; primary: boolean }) {
  const t = useTranslations("links");
  const trpc = useTRPC();
  const router = useRouter();
  const retry = useMutation(
    trpc.links.retry.mutationOptions({
      onSuccess: ({ retried }) => {
        showToast({
          tone: "ok",
          title: link === "ledger" ? t("proved", { count: retried }) : t("retried", { count: retried }),
        });
        router.refresh();
      },
      onError: () => showToast({ tone: "danger", title: t("failed") }),
    }),
  );
  return (
    <div>
      <Button
        size="s"
        kind={primary ? "primary" : "secondary"}
        busy={retry.isPending && t("retrying")}
        onClick={() => retry.mutate({ link })}
      >
        {link === "ledger" ? t("checkLedger") : t("retry")}
      </Button>
    </div>
  );
}
