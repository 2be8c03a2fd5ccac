import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import type { ChargeMethod, TariffKind } from "@/server/domain/catalog/constants";

interface Price {
  readonly feeMinor: bigint;
  readonly chargeMethod: string;
  readonly periodMonths: number;
}
interface Phase {
  readonly months: number;
  readonly feeMinor: bigint;
  readonly isTrial: boolean;
}

/** Prices, phases, days and kinds in words. */
export function usePriceWords(today: string) {
  const t = useTranslations("catalog");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  return {
    money,
    day: (day: string) => formatDay(day, locale, today),
    name: ({ nameRu, nameEn }: { nameRu: string; nameEn: string }) => (locale === "ru" ? nameRu : nameEn),
    kind: (kind: string) => t(`kind.${kind as TariffKind}`),
    method: (method: string) => t(`method.${method as ChargeMethod}`),
    fee: ({ feeMinor, chargeMethod, periodMonths }: Price) =>
      chargeMethod === "one_off"
        ? t("once", { amount: money(feeMinor) })
        : t("per", { amount: money(feeMinor), months: periodMonths }),
    phases: (phases: readonly Phase[]) =>
      phases
        .map(({ months, feeMinor, isTrial }) =>
          t(isTrial ? "phase.trial" : "phase.promo", {
            months,
            amount: feeMinor === 0n ? t("phase.free") : money(feeMinor),
          }),
        )
        .join(", "),
    percent: (bp: number) => formatPercent(bp / 100, locale),
    speed: (kbps: number) => String(Math.round(kbps / 1000)),
  };
}
