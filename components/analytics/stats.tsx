import { useLocale, useTranslations } from "next-intl";
import { type Stat, StatStrip } from "@/components/blocks/stat-strip";
import { formatNumber, formatPercent } from "@/components/i18n/format";
import { Money } from "@/components/ui/money";
import type { Dashboard } from "@/server/domain/analytics";
import { activeNow, chargedIn, churnedIn } from "./hrefs";

/** The five figures of the month, each against the month before, each opening what it was computed from. */
export function DashboardStats({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations("analytics");
  const locale = useLocale();
  const growth = (bp: number | null, goodWhenUp = true): Stat["change"] => {
    if (bp === null) return { direction: "same", tone: "neutral", text: t("noData") };
    if (bp === 0) return { direction: "same", tone: "neutral", text: t("noChange") };
    const up = bp > 0;
    return {
      direction: up ? "up" : "down",
      tone: up === goodWhenUp ? "good" : "bad",
      text: formatPercent(Math.abs(bp) / 100, locale, 1),
    };
  };
  const churnBp = dashboard.churn.total.churnBp;
  const churnMove =
    churnBp === null || dashboard.churnBefore.churnBp === null ? null : churnBp - dashboard.churnBefore.churnBp;
  const churnChange = growth(churnMove, false);
  return (
    <StatStrip
      label={t("stats")}
      items={[
        {
          id: "revenue",
          label: t("revenue"),
          value: <Money minor={dashboard.revenueMinor} />,
          change: growth(dashboard.revenueGrowthBp),
          href: chargedIn(dashboard.month),
        },
        {
          id: "paid",
          label: t("paid"),
          value: <Money minor={dashboard.paidMinor} />,
          change: growth(dashboard.paidGrowthBp),
        },
        {
          id: "mrr",
          label: t("mrr"),
          value: <Money minor={dashboard.mrrMinor} />,
          change: growth(dashboard.mrrGrowthBp),
        },
        {
          id: "active",
          label: t("active"),
          value: formatNumber(dashboard.active, locale),
          change: growth(dashboard.activeGrowthBp),
          href: activeNow(),
        },
        {
          id: "churn",
          label: t("churn"),
          value: churnBp === null ? "—" : formatPercent(churnBp / 100, locale),
          change:
            churnMove === null || churnMove === 0 || !churnChange
              ? churnChange
              : { ...churnChange, text: t("points", { value: formatNumber(Math.abs(churnMove) / 100, locale, 2) }) },
          href: churnedIn(dashboard.month),
        },
      ]}
    />
  );
}
