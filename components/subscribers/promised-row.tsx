import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { Instant } from "@/components/ui/instant";
import type { PromisedFacts } from "./outputs";
import { StartPromiseDialog } from "./start-promise-dialog";

type Props = { accountId: string; promised: PromisedFacts; now: Date; today: string; mayStart: boolean };

/** What may be promised now and what trust it stands on, or why nothing may. */
export function PromisedRow({ accountId, promised, now, today, mayStart }: Props) {
  const t = useTranslations("subscribers.promised");
  const locale = useLocale();
  const { answer, offeredAt, consentRequired } = promised;
  if (answer.kind === "refusal") {
    const words = {
      day: answer.on ? formatDay(answer.on, locale, today) : "",
      amount: answer.amountMinor === null ? "" : formatMoney(answer.amountMinor, locale),
    };
    return (
      <p className="border-t border-line px-4 py-3 text-small text-muted">
        <span className="font-medium text-ink">{t("title")}.</span> {t(`reason.${answer.reason}`, words)}
      </p>
    );
  }
  const { amountMinor, feeMinor, untilOn, trust } = answer;
  const words = { amount: formatMoney(amountMinor, locale), day: formatDay(untilOn, locale, today) };
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      <p className="text-small">
        <span className="font-medium">{t("title")}.</span> {t("offer", words)}{" "}
        {feeMinor > 0n ? t("fee", { fee: formatMoney(feeMinor, locale) }) : t("free")}{" "}
        {offeredAt ? t.rich("offeredAt", { at: () => <Instant at={offeredAt} now={now} /> }) : null}
      </p>
      {trust ? <Trust trust={trust} /> : null}
      {mayStart ? (
        <StartPromiseDialog
          accountId={accountId}
          amount={words.amount}
          day={words.day}
          consentRequired={consentRequired}
        />
      ) : null}
    </div>
  );
}

type TrustFacts = NonNullable<Extract<PromisedFacts["answer"], { kind: "offer" }>["trust"]>;

/** «Почему столько». */
function Trust({ trust }: { trust: TrustFacts }) {
  const t = useTranslations("subscribers.promised");
  const locale = useLocale();
  const percent = (bp: number) => formatPercent(bp / 100, locale);
  const parts = [
    { key: "base", bp: trust.baseBp },
    { key: "tenure", bp: trust.tenureBp },
    { key: "payments", bp: trust.paymentsBp },
    { key: "kept", bp: trust.keptBp },
    { key: "broken", bp: trust.brokenBp },
  ] as const;
  return (
    <details className="text-small text-muted">
      <summary className="hover:text-ink">{t("why")}</summary>
      <p className="mt-1">{t("limit", { percent: percent(trust.shareBp) })}:</p>
      <ul className="mt-1 grid gap-0.5">
        {parts
          .filter((part) => part.bp !== 0)
          .map((part) => (
            <li key={part.key} className="flex justify-between gap-3">
              <span>{t(`part.${part.key}`)}</span>
              <span className="num">{percent(part.bp)}</span>
            </li>
          ))}
      </ul>
    </details>
  );
}
