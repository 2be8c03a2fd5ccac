import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { PaymentProgress } from "@/components/cabinet/cabinet-types";
import { formatMoney } from "@/components/i18n/format";
import { buttonStyle } from "@/components/ui/button-style";
import { sumText } from "./parse-sum";

/** The one thing to do now: pay, pay the rest, try again, or go home. */
export function PaymentNext({ progress }: { progress: PaymentProgress }) {
  const t = useTranslations("payments.progress");
  const locale = useLocale();
  const { outcome, confirmationUrl, accountId, amountMinor, recommendedMinor } = progress;
  const home = `/my?account=${accountId}`;
  const topUp = (minor: bigint) => `/my/pay?account=${accountId}&sum=${sumText(minor)}`;
  const main = buttonStyle({ kind: "primary", size: "l", wide: true });
  const other = buttonStyle({ size: "l", wide: true });
  if (outcome === "failed") {
    return (
      <>
        <Link href={topUp(amountMinor)} className={main}>
          {t("again")}
        </Link>
        <Link href={home} className={other}>
          {t("home")}
        </Link>
      </>
    );
  }
  if (outcome === "short") {
    return (
      <>
        <Link href={topUp(recommendedMinor)} className={main}>
          {t("topUpMore", { amount: formatMoney(recommendedMinor, locale, { kopecks: "whole" }) })}
        </Link>
        <Link href={home} className={other}>
          {t("home")}
        </Link>
      </>
    );
  }
  if (confirmationUrl) {
    return (
      <>
        <a href={confirmationUrl} className={other} rel="noreferrer">
          {t("goPay")}
        </a>
        <p className="text-center text-small text-muted">{t("goPayText")}</p>
      </>
    );
  }
  return (
    <Link href={home} className={outcome === "waiting" ? other : main}>
      {t("home")}
    </Link>
  );
}
