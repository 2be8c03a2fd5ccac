import Link from "next/link";
import { useTranslations } from "next-intl";
import { shiftMonth } from "@/components/analytics/hrefs";
import { buttonStyle } from "@/components/ui/button";

/** To the month before and the month after, where there are any. */
export function MonthSteps({ month, isFirst, isLast }: { month: string; isFirst: boolean; isLast: boolean }) {
  const t = useTranslations("analytics");
  const step = (by: number) => `/analytics?month=${shiftMonth(month, by).slice(0, 7)}`;
  return (
    <>
      {isFirst ? null : (
        <Link href={step(-1)} className={buttonStyle({ size: "s" })}>
          {t("previousMonth")}
        </Link>
      )}
      {isLast ? null : (
        <Link href={step(1)} className={buttonStyle({ size: "s" })}>
          {t("nextMonth")}
        </Link>
      )}
    </>
  );
}
