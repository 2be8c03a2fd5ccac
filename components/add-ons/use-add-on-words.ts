import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";

interface Priced {
  readonly feeMinor: bigint;
  readonly chargeMethod: string;
  readonly periodMonths: number;
  readonly maxCharges: number | null;
  readonly isTrial: boolean;
  readonly turn: { readonly on: string; readonly feeMinor: bigint } | null;
}

const MBIT = 1000;

/** What additions cost, in words: «150 ₽ в месяц», «бесплатно до 1 января, потом 150 ₽ в месяц». */
export function useAddOnWords(today: string) {
  const t = useTranslations("addons");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const regular = ({ chargeMethod, periodMonths, maxCharges }: Priced, feeMinor: bigint) => {
    if (feeMinor === 0n) return t("free");
    if (chargeMethod === "one_off") return t("once", { amount: money(feeMinor) });
    const fee = t("fee", { amount: money(feeMinor), months: periodMonths });
    return maxCharges === null ? fee : `${fee}, ${t("instalment", { count: maxCharges })}`;
  };
  const turn = (row: Priced) =>
    row.turn && t("turn", { day: formatDay(row.turn.on, locale, today), fee: regular(row, row.turn.feeMinor) });
  return {
    money,
    day: (day: string) => formatDay(day, locale, today),
    /** The fee of now, and what it turns into when that is known. */
    fee: (row: Priced) =>
      row.isTrial && row.turn
        ? t("trial", { day: formatDay(row.turn.on, locale, today), fee: regular(row, row.turn.feeMinor) })
        : regular(row, row.feeMinor),
    turn: (row: Priced) => (row.isTrial ? null : turn(row)),
    speed: (kbps: number | null) => String(Math.round((kbps ?? 0) / MBIT)),
    size: ({ percentBp, amountMinor }: { percentBp: number | null; amountMinor: bigint | null }) =>
      percentBp === null ? money(amountMinor ?? 0n) : formatPercent(percentBp / 100, locale),
  };
}
