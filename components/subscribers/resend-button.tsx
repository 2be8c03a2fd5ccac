"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toast";
import { useErrorWords } from "./use-error-words";

type Props = { accountId: string; serviceId: string; login: string };

/** Asks the network now; changes nothing that is desired, so it asks no question first. */
export function ResendButton({ accountId, serviceId, login }: Props) {
  const t = useTranslations("subscribers.services");
  const errors = useTranslations("subscribers.errors");
  const words = useErrorWords();
  const client = useTRPCClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);

  async function resend() {
    setBusy(true);
    try {
      await client.subscribers.resendService.mutate({ accountId, serviceId });
      showToast({ tone: "ok", title: t("resent") });
      router.refresh();
    } catch (error) {
      showToast({ tone: "danger", title: errors("title"), text: words(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button
      size="s"
      onClick={resend}
      busy={busy && t("resending")}
      icon={<RefreshCw aria-hidden="true" />}
      aria-label={`${t("resend")}: ${login}`}
    >
      {t("resend")}
    </Button>
  );
}
