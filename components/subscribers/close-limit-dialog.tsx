"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ActionDialog } from "./action-dialog";
import type { LimitFacts } from "./outputs";

type Props = { accountId: string; limit: Pick<LimitFacts, "id" | "kind" | "amountMinor"> };

export function CloseLimitDialog({ accountId, limit }: Props) {
  const t = useTranslations("subscribers.closeLimit");
  const credit = useTranslations("subscribers.credit");
  const locale = useLocale();
  const client = useTRPCClient();
  const words = { amount: formatMoney(limit.amountMinor, locale), kind: credit(`kind.${limit.kind}`) };
  return (
    <ActionDialog
      trigger={
        <Button size="s" aria-label={t("named", words)}>
          {t("button")}
        </Button>
      }
      title={t("title")}
      text={t("text", words)}
      submit={t("submit")}
      busy={t("busy")}
      done={t("done")}
      danger
      run={() => client.credit.closeLimit.mutate({ accountId, limitId: limit.id })}
    />
  );
}
