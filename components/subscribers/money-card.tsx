import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import { AdjustmentList } from "./adjustment-list";
import { ChargeList } from "./charge-list";
import type { AdjustmentFacts, ChargeFacts, CorrectionFacts, PaymentFacts } from "./outputs";
import { PaymentList } from "./payment-list";

type Props = {
  accountId: string;
  adjustments: readonly AdjustmentFacts[];
  waiting: readonly CorrectionFacts[];
  mayCorrect: boolean;
  mayDecide: boolean;
  payments: readonly PaymentFacts[];
  charges: readonly ChargeFacts[];
  now: Date;
  today: string;
};

/** Money in and money out, each line able to say why. */
export function MoneyCard({
  accountId,
  payments,
  charges,
  adjustments,
  waiting,
  mayCorrect,
  mayDecide,
  now,
  today,
}: Props) {
  const t = useTranslations("subscribers.timeline");
  return (
    <Card>
      <CardHeader title={t("title")} className="pb-0!" />
      <Tabs
        label={t("title")}
        className="[&_[role=tablist]]:px-4 [&_[role=tabpanel]]:pt-0"
        items={[
          { value: "payments", label: t("payments"), panel: <PaymentList payments={payments} now={now} /> },
          {
            value: "charges",
            label: t("charges"),
            panel: <ChargeList accountId={accountId} charges={charges} today={today} mayCorrect={mayCorrect} />,
          },
          {
            value: "adjustments",
            label: waiting.length > 0 ? `${t("adjustments")} · ${waiting.length}` : t("adjustments"),
            panel: (
              <AdjustmentList
                accountId={accountId}
                adjustments={adjustments}
                waiting={waiting}
                mayDecide={mayDecide}
                today={today}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
