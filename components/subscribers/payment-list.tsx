import { useTranslations } from "next-intl";
import { CopyId } from "@/components/blocks/copy-id";
import { useMethodWords } from "@/components/payments/method-words";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { StatusBadge, type Tone } from "@/components/ui/status-badge";
import { FoldedList } from "./folded-list";
import type { PaymentFacts } from "./outputs";
import { PaymentSteps } from "./payment-steps";

const TONES: Record<PaymentFacts["state"], Tone> = {
  created: "info",
  unknown: "warn",
  pending: "info",
  posted: "ok",
  canceled: "off",
  failed: "danger",
};

/** Payments with the steps each has gone through, newest first. */
export function PaymentList({ payments, now }: { payments: readonly PaymentFacts[]; now: Date }) {
  const t = useTranslations("subscribers.timeline");
  return (
    <FoldedList
      label={t("paymentsLabel")}
      none={t("noPayments")}
      items={payments.map((payment) => ({ id: payment.id, node: <PaymentItem payment={payment} now={now} /> }))}
    />
  );
}

function PaymentItem({ payment, now }: { payment: PaymentFacts; now: Date }) {
  const t = useTranslations("subscribers.timeline");
  const from = (["yookassa", "office", "bank", "import"] as const).find((provider) => provider === payment.provider);
  const methodWords = useMethodWords();
  const posted = payment.state === "posted";
  const hasSteps = payment.provider === "yookassa" || payment.terminalName !== null;
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="font-medium">
              {from ? t(`provider.${from}`) : (payment.terminalName ?? payment.provider)}
            </span>
            <StatusBadge tone={TONES[payment.state]} size="s">
              {t(`state.${payment.state}`)}
            </StatusBadge>
            {payment.isTest ? (
              <StatusBadge tone="off" size="s">
                {t("test")}
              </StatusBadge>
            ) : null}
          </p>
          <p className="text-small text-muted">
            <Instant at={payment.startedAt} now={now} />
            {payment.methodTitle ? ` · ${methodWords(payment.methodTitle)}` : null}
            {payment.startedBy ? ` · ${t("by", { name: payment.startedBy })}` : null}
            {payment.failure === "reversed" ? ` · ${t("reversed")}` : null}
            {payment.failure && payment.failure !== "reversed"
              ? ` · ${t("failure", { reason: payment.failure })}`
              : null}
          </p>
          {hasSteps && payment.providerPaymentId ? (
            <CopyId value={payment.providerPaymentId} what={t("number")} />
          ) : null}
        </div>
        <Money
          minor={payment.amountMinor}
          movement={posted}
          className={posted ? "shrink-0 font-semibold" : "shrink-0 text-muted"}
        />
      </div>
      {hasSteps ? <PaymentSteps payment={payment} now={now} /> : null}
    </div>
  );
}
