"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorWords } from "@/components/subscribers/use-error-words";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";

/** Proves the ledger now, as the night does, and says what came of it. */
export function ProveButton() {
  const t = useTranslations("billing.periods");
  const words = useErrorWords();
  const client = useTRPCClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  async function prove() {
    setBusy(true);
    try {
      const { proven, differing } = await client.billing.proveLedger.mutate();
      showToast(
        proven ? { tone: "ok", title: t("proved") } : { tone: "danger", title: t("disproved", { count: differing }) },
      );
      router.refresh();
    } catch (error) {
      showToast({ tone: "danger", title: words(error) });
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button size="s" busy={busy && t("proving")} onClick={prove}>
      {t("prove")}
    </Button>
  );
}
