"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorWords } from "@/components/subscribers/use-error-words";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

type Props = { runId: string; accountId: string; name: string };

/** Tries a parked account again and says what came of it. */
export function RetryParked({ runId, accountId, name }: Props) {
  const t = useTranslations("runs.act.retry");
  const words = useErrorWords();
  const client = useTRPCClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function retry() {
    setBusy(true);
    try {
      const { outcome } = await client.runs.workParked.mutate({ runId, accountId });
      showToast({ tone: outcome === "parked" ? "danger" : "ok", title: t(outcome), text: name });
      router.refresh();
    } catch (error) {
      showToast({ tone: "danger", title: words(error) });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button size="s" busy={busy && t("busy")} onClick={retry}>
      {t("button")}
    </Button>
  );
}
