import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Stat, StatStrip } from "@/components/blocks/stat-strip";
import { formatMoney } from "@/components/i18n/format";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { CreditLimitDialog } from "./credit-limit-dialog";
import type { MoneyFacts, PaymentTermsFacts } from "./outputs";
import { PaymentTermsDialog } from "./payment-terms-dialog";

type Props = {
  accountId: string;
  money: MoneyFacts;
  terms: PaymentTermsFacts;
  today: string;
  mayLimit: boolean;
  maySetTerms: boolean;
};

/** The figures of the cabinet's first screen, from the same answer of the billing code. */
export function MoneyStrip({ accountId, money, terms, today, mayLimit, maySetTerms }: Props) {
  const t = useTranslations("subscribers.money");
  const temporary = useTemporary(money, today);
  const items: Stat[] = [
    {
      id: "balance",
      label: t("balance"),
      value: <Money minor={money.balanceMinor} className={money.balanceMinor < 0n ? "text-danger" : ""} />,
    },
    useNextCharge(money, today),
    useUntil(money, today),
    {
      id: "limit",
      label: (
        <span className="flex flex-wrap gap-x-2">
          {t("limit")}
          {mayLimit ? (
            <CreditLimitDialog
              key={money.creditLimitMinor.toString()}
              accountId={accountId}
              limitMinor={money.creditLimitMinor}
            />
          ) : null}
        </span>
      ),
      value: <Money minor={money.creditLimitMinor} />,
      ...(temporary && { change: { direction: "same", tone: "good", text: temporary } }),
    },
    useTerms(terms, maySetTerms ? <PaymentTermsDialog accountId={accountId} terms={terms} today={today} /> : null),
  ];
  return <StatStrip label={t("label")} items={items} />;
}

/** The days that hold for the account, its own or everybody's. */
function useTerms({ own, operator }: PaymentTermsFacts, action: ReactNode): Stat {
  const t = useTranslations("subscribers.money");
  return {
    id: "terms",
    label: (
      <span className="flex flex-wrap gap-x-2">
        {t("terms")}
        {action}
      </span>
    ),
    value: t("termDays", { count: own.paymentTermDays ?? operator.paymentTermDays }),
    change: {
      direction: "same",
      tone: "neutral",
      text: t("closesAfter", { count: own.blockDelayDays ?? operator.blockDelayDays }),
    },
  };
}

/** What temporary limits add now, and until when the first of them does. */
function useTemporary({ temporaryLimitMinor, temporaryUntil }: MoneyFacts, today: string): string | null {
  const t = useTranslations("subscribers.money");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  if (!temporaryUntil) return null;
  return t("temporary", {
    amount: formatMoney(temporaryLimitMinor, locale),
    day: formatDay(dayOf(temporaryUntil, zone), locale, today),
  });
}

function useNextCharge({ chargeOn, chargeMinor, missingMinor }: MoneyFacts, today: string): Stat {
  const t = useTranslations("subscribers.money");
  const locale = useLocale();
  if (!chargeOn) return { id: "next", label: t("noCharge"), value: "—" };
  return {
    id: "next",
    label: chargeOn <= today ? t("nextToday") : t("next", { day: formatDay(chargeOn, locale, today) }),
    value: <Money minor={chargeMinor} />,
    change:
      missingMinor > 0n
        ? { direction: "same", tone: "bad", text: t("missing", { amount: formatMoney(missingMinor, locale) }) }
        : { direction: "same", tone: "good", text: t("enough") },
  };
}

function useUntil({ paidUntil, blocked }: MoneyFacts, today: string): Stat {
  const t = useTranslations("subscribers.money");
  const locale = useLocale();
  return {
    id: "until",
    label: t("until"),
    value: paidUntil ? formatDay(paidUntil, locale, today) : "—",
    ...(blocked && { change: { direction: "same", tone: "bad", text: t(`blockedBy.${blocked}`) } }),
  };
}
