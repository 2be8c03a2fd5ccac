import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatNumber, formatSignedMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";

interface Paid {
  readonly feeMinor: bigint | null;
  readonly periodMonths: number;
  readonly chargeMethod: string;
}

const KBPS_PER_MBPS = 1000;

/** Tariffs in words: «до 300 Мбит/с», «650,00 ₽ в месяц». */
export function useTariffWords(today: string) {
  const t = useTranslations("changes");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  return {
    money,
    signed: (minor: bigint) => formatSignedMoney(minor, locale),
    day: (day: string) =>
      day === today ? t("today", { day: formatDay(day, locale, today) }) : formatDay(day, locale, today),
    name: (tariff: { nameRu: string; nameEn: string }) => (locale === "ru" ? tariff.nameRu : tariff.nameEn),
    speed: (kbps: number | null) =>
      kbps === null ? null : t("speed", { speed: formatNumber(kbps / KBPS_PER_MBPS, locale, 1) }),
    fee: ({ feeMinor, periodMonths, chargeMethod }: Paid) => {
      if (chargeMethod === "usage") return t("byUsage");
      if (feeMinor === null) return t("noPrice");
      return feeMinor === 0n ? t("free") : t("fee", { amount: money(feeMinor), months: periodMonths });
    },
  };
}
