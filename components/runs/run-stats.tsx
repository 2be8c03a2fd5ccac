import { useLocale, useTranslations } from "next-intl";
import { type Stat, StatStrip } from "@/components/blocks/stat-strip";
import { formatNumber, formatPercent } from "@/components/i18n/format";
import { Money } from "@/components/ui/money";
import { runHref, shownStage } from "./run-params";
import type { Run, Stage } from "./run-types";

/** What the run comes to, and that every account is in it: charged + refused + skipped + parked = all. */
export function RunStats({ run }: { run: Run }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const stage = shownStage(run);
  if (!stage) return null;
  const { totals, progress } = stage;
  const isDone = run.charging !== null;
  const count = (value: number) => formatNumber(value, locale);
  const view = (show: "refused" | "skipped" | "parked") => runHref({ runId: run.id, show });
  const items: Stat[] = [
    {
      id: "charged",
      label: t(isDone ? "stats.charged" : "stats.toCharge"),
      value: <Money minor={totals.chargedMinor} kopecks="whole" />,
    },
    ...(totals.creditedMinor > 0n
      ? [
          {
            id: "credited",
            label: t(isDone ? "stats.creditedDone" : "stats.credited"),
            value: <Money minor={totals.creditedMinor} kopecks="whole" />,
          },
        ]
      : []),
    ...(isDone ? [] : [monthStat(totals, t, locale)]),
    { id: "accounts", label: t("stats.accounts"), value: count(totals.charged) },
    { id: "refused", label: t("stats.refused"), value: count(totals.refused), href: view("refused") },
    { id: "parked", label: t("stats.parked"), value: count(totals.parked), href: view("parked") },
  ];
  return (
    <>
      <StatStrip label={t(isDone ? "stats.label" : "stats.preview")} items={items} />
      <p className="num mb-4 text-small text-muted">
        {t("conserved", {
          charged: count(totals.charged),
          refused: count(totals.refused),
          skipped: count(totals.skipped),
          parked: count(totals.parked),
          all: count(totals.charged + totals.refused + totals.skipped + totals.parked),
          accounts: count(progress.accounts),
        })}{" "}
        · {t("lines", { count: totals.lines })}
      </p>
    </>
  );
}

/** The whole month beside the one before: what the run adds to what was charged by the day. */
function monthStat(
  { monthMinor, lastMinor }: Stage["totals"],
  t: ReturnType<typeof useTranslations<"runs">>,
  locale: ReturnType<typeof useLocale>,
): Stat {
  const stat = { id: "month", label: t("stats.month"), value: <Money minor={monthMinor} kopecks="whole" /> };
  if (lastMinor <= 0n) return stat;
  const permille = Number(((monthMinor - lastMinor) * 1_000n) / lastMinor);
  const direction = permille > 0 ? "up" : permille < 0 ? "down" : "same";
  const text =
    permille === 0 ? t("same") : t("against", { percent: formatPercent(Math.abs(permille) / 10, locale, 1) });
  return { ...stat, change: { direction, tone: "neutral", text } };
}
