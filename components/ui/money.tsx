import { useLocale } from "next-intl";
import { formatMoney, type MoneyStyle, moneyParts } from "@/components/i18n/format";
import { cn } from "@/components/lib/cn";

type Props = MoneyStyle & {
  /** Kopecks. */
  minor: bigint;
  /** A movement wears its sign, and an income is green beside its plus. */
  movement?: boolean;
  className?: string;
};

/** A sum, in the reader's language, that never breaks across lines. */
export function Money({ minor, movement = false, className, ...style }: Props) {
  const locale = useLocale();
  return (
    <span className={cn("num whitespace-nowrap", movement && minor > 0n && "text-ok", className)}>
      {formatMoney(minor, locale, movement ? { sign: "always", ...style } : style)}
    </span>
  );
}

/** The picture of the first screen: rubles large, kopecks and the sign of the currency half as large. */
export function MoneyFigure({ minor, className }: { minor: bigint; className?: string }) {
  const { sign, whole, fraction, currency } = moneyParts(minor, useLocale());
  return (
    <span className={cn("num block leading-[1.05] font-semibold tracking-[-0.035em] whitespace-nowrap", className)}>
      {sign}
      {whole}
      <small className="text-[0.5em] font-medium tracking-[-0.01em] opacity-75">
        {fraction}
        {currency}
      </small>
    </span>
  );
}
