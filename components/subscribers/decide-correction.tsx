"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { useTRPCClient } from "@/components/trpc/context";
import { Button } from "@/components/ui/button";
import { ActionDialog } from "./action-dialog";
import type { CorrectionFacts } from "./outputs";

type Props = { accountId: string; correction: CorrectionFacts };

/** The second person agrees or declines; the one who asked may only take it back. */
export function DecideCorrection({ accountId, correction }: Props) {
  const t = useTranslations("subscribers.correct");
  const history = useTranslations("subscribers.history.machine");
  const locale = useLocale();
  const client = useTRPCClient();
  const { approvalId, isOwn, amountMinor, order, askedBy } = correction;
  const text = t("approveText", {
    name: askedBy ?? history("job"),
    amount: formatMoney(amountMinor, locale),
    note: order.note,
  });
  const decide = (approve: boolean) => () =>
    client.subscribers.decideCorrection.mutate({ accountId, approvalId, approve });
  return (
    <span className="flex flex-wrap gap-2">
      {isOwn ? null : (
        <ActionDialog
          trigger={
            <Button size="s" kind="primary">
              {t("approve")}
            </Button>
          }
          title={t("approveTitle")}
          text={text}
          submit={t("approve")}
          busy={t("approveBusy")}
          done={t("approved")}
          run={decide(true)}
        />
      )}
      <ActionDialog
        trigger={<Button size="s">{t(isOwn ? "withdraw" : "decline")}</Button>}
        title={t("declineTitle")}
        text={text}
        submit={t(isOwn ? "withdraw" : "decline")}
        busy={t("busy")}
        done={t("declined")}
        run={decide(false)}
      />
    </span>
  );
}
