import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import type { PaymentProgress } from "@/components/cabinet/cabinet-types";
import { formatMoney } from "@/components/i18n/format";
import { formatInstant } from "@/components/i18n/format-date";
import { NightCard } from "@/components/ui/card";
import { Money, MoneyFigure } from "@/components/ui/money";
import { useMethodWords } from "./method-words";
import { PaymentFailure } from "./payment-failure";
import { PaymentLine } from "./payment-line";
import { PaymentNext } from "./payment-next";

type Props = {
  progress: PaymentProgress;
  /** How it is kept up to date: a stream, questions now and then, or not any more. */
  link: "live" | "polling" | "over";
};

/** One payment: how much, how far it has come, what follows. */
export function PaymentView({ progress, link }: Props) {
  const t = useTranslations("payments.progress");
  return (
    <div className="grid w-full max-w-[34rem] gap-3">
      <NightCard className="px-5 py-4.5" aria-labelledby="payment">
        <h1 id="payment" aria-live="polite" className="text-[0.96875rem] font-medium text-night-muted">
          {t(`title.${titleOf(progress)}`)}
        </h1>
        <MoneyFigure minor={progress.amountMinor} className="mt-0.5 text-[2.75rem]" />
      </NightCard>
      <section className="card p-4">
        <PaymentLine progress={progress} />
        <Words progress={progress} />
        {link === "polling" ? (
          <p className="mt-1 text-small text-muted" role="status">
            {t("polling")}
          </p>
        ) : null}
      </section>
      {progress.outcome === "failed" ? <PaymentFailure failure={progress.failure} /> : null}
      <PaymentNext progress={progress} />
      <Facts progress={progress} />
    </div>
  );
}

function titleOf({ outcome, state, posted }: PaymentProgress) {
  if (outcome !== "waiting") return outcome;
  if (posted.state === "done") return "posted";
  return state === "pending" ? "waiting" : "unknown";
}

/** What the line means for the person who waits. */
function Words({ progress }: { progress: PaymentProgress }) {
  const t = useTranslations("payments.progress");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const { outcome, state, posted, held, balanceMinor, missingMinor } = progress;
  const words = () => {
    if (outcome === "failed") return null;
    if (outcome === "short") return t("shortText", { balance: money(balanceMinor), amount: money(missingMinor) });
    if (outcome === "held" && held) return t(`heldText.${held}`);
    if (outcome !== "waiting") return t("balanceText", { balance: money(balanceMinor) });
    if (posted.state === "done") return t("activatingText");
    return t(state === "pending" ? "waitingText" : "unknownText");
  };
  const text = words();
  return text ? <p className="mt-4 border-t border-line pt-3 text-small text-muted">{text}</p> : null;
}

function Facts({ progress }: { progress: PaymentProgress }) {
  const t = useTranslations("payments");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const methodWords = useMethodWords();
  const { accountNumber, amountMinor, methodTitle, startedAt, now, paymentId, isTest } = progress;
  return (
    <section className="card p-4">
      <KeyValue
        items={[
          { key: "amount", label: t("progress.amount"), value: <Money minor={amountMinor} /> },
          { key: "account", label: t("progress.account"), value: <span className="num">{accountNumber}</span> },
          {
            key: "provider",
            label: t("progress.provider"),
            value: t(isTest ? "provider.test" : "provider.yookassa"),
          },
          ...(methodTitle ? [{ key: "method", label: t("progress.method"), value: methodWords(methodTitle) }] : []),
          { key: "started", label: t("progress.startedAt"), value: formatInstant(startedAt, now, locale, zone) },
          { key: "number", label: t("progress.number"), value: <span className="id break-all">{paymentId}</span> },
        ]}
      />
    </section>
  );
}
