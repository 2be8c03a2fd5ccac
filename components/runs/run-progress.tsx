import { useLocale, useTranslations } from "next-intl";
import { formatNumber } from "@/components/i18n/format";
import { Card } from "@/components/ui/card";
import type { Stage } from "./run-types";

type Props = { progress: Stage["progress"]; isMoving: boolean };

/** How far the run is, how fast it goes and how long it still takes. */
export function RunProgressCard({ progress, isMoving }: Props) {
  const t = useTranslations("runs");
  const locale = useLocale();
  const { accounts, doneAccounts, perSecond, secondsLeft } = progress;
  const percent = accounts === 0 ? 100 : Math.floor((doneAccounts * 100) / accounts);
  const facts = [
    t("progress.done", { done: formatNumber(doneAccounts, locale), accounts: formatNumber(accounts, locale) }),
    ...(isMoving && perSecond !== null
      ? [t("progress.rate", { rate: formatNumber(Math.round(perSecond), locale) })]
      : []),
    ...(isMoving && secondsLeft !== null ? [t("progress.left", { time: timeWords(secondsLeft, t) })] : []),
    ...(isMoving && perSecond === null ? [t("progress.waiting")] : []),
  ];
  return (
    <Card padded className="mb-3.5">
      <div className="num mb-2 flex flex-wrap justify-between gap-x-4 gap-y-1">
        <span role="status">{facts.join(" · ")}</span>
        <span className="font-semibold">{percent} %</span>
      </div>
      <div
        role="progressbar"
        aria-label={t("progress.label")}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className="h-full rounded-full bg-signal transition-[width] duration-500"
          style={{ width: `${percent}%` }}
        />
      </div>
    </Card>
  );
}

function timeWords(seconds: number, t: ReturnType<typeof useTranslations<"runs">>): string {
  if (seconds < 90) return t("time.seconds", { n: seconds });
  if (seconds < 5_400) return t("time.minutes", { n: Math.round(seconds / 60) });
  return t("time.hours", { n: Math.round(seconds / 3_600) });
}
