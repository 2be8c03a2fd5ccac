import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { isPreviewing } from "./run-params";
import type { Run } from "./run-types";
import { useFailureWords } from "./use-reason-words";

/** What the run waits for, or how it ended, in a sentence. */
export function RunStep({ run }: { run: Run }) {
  const t = useTranslations("runs.step");
  const failureWords = useFailureWords();
  const locale = useLocale();
  const totals = run.charging?.totals;
  const isBad = run.failure !== null && (run.state === "failed" || run.state === "draft");
  return <p className={`mb-4 max-w-3xl ${isBad ? "text-danger" : "text-muted"}`}>{words()}</p>;

  function words(): string {
    const reason = run.failure === null ? "" : failureWords(run.failure, run.periodStart);
    if (run.closedAt) return t("closed");
    switch (run.state) {
      case "draft":
        if (run.failure) return t("previewFailed", { reason });
        return t(isPreviewing(run) ? "previewing" : "draft");
      case "previewed":
        return t(run.isOwn ? "previewedOwn" : "previewed");
      case "failed":
        return t("failed", { reason });
      case "finished":
        return totals && totals.parked > 0
          ? t("finishedParked", { count: totals.parked })
          : t(run.isMonthOver ? "finished" : "finishedEarly");
      case "cancelled":
        return t("cancelled", { sum: formatMoney(totals?.chargedMinor ?? 0n, locale), count: totals?.charged ?? 0 });
      default:
        return t(run.state);
    }
  }
}
