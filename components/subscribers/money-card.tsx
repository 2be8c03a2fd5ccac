import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Tabs } from "@/components/ui/tabs";
import { ChargeList } from "./charge-list";
import type { ChargeFacts, PaymentFacts } from "./outputs";
import { PaymentList } from "./payment-list";

type Props = {
  payments: readonly PaymentFacts[];
  charges: readonly ChargeFacts[];
  now: Date;
  today: string;
};

/** Money in and money out, each line able to say why. */
export function MoneyCard({ payments, charges, now, today }: Props) {
  const t = useTranslations("subscribers.timeline");
  return (
    <Card>
      <CardHeader title={t("title")} className="pb-0!" />
      <Tabs
        label={t("title")}
        className="[&_[role=tablist]]:px-4 [&_[role=tabpanel]]:pt-0"
        items={[
          { value: "payments", label: t("payments"), panel: <PaymentList payments={payments} now={now} /> },
          { value: "charges", label: t("charges"), panel: <ChargeList charges={charges} today={today} /> },
        ]}
      />
    </Card>
  );
}
