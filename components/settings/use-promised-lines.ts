import { useLocale, useTranslations } from "next-intl";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import type { PromisedPolicy } from "@/server/domain/credit";

/** What the terms of a promised payment mean, a sentence each. `nameOf` says a tariff by its code. */
export function usePromisedLines(nameOf: (code: string) => string): (policy: PromisedPolicy) => string[] {
  const t = useTranslations("settings");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale, { kopecks: "whole" });
  const share = (bp: number) => formatPercent(bp / 100, locale);
  return (policy) => {
    if (!policy.enabled) return [t("promised.lines.off")];
    const { termDays, everyDays, feeMinor, size, monthDayFrom: from, monthDayTo: to, tariffCodes, formula } = policy;
    const said = {
      term: t("days", { days: termDays }),
      every:
        everyDays === 0
          ? t("promised.lines.everyAny")
          : t("promised.lines.every", { days: t("days", { days: everyDays }) }),
      fee: feeMinor === 0n ? t("promised.lines.free") : t("promised.lines.fee", { fee: money(feeMinor) }),
    };
    const lines = [t("promised.lines.main", said), t(`promised.lines.${size}`, { cap: money(policy.debtCapMinor) })];
    if (size === "formula") {
      lines.push(
        t("promised.lines.trust", {
          base: share(formula.baseBp),
          year: share(formula.perYearBp),
          month: share(formula.perPaidMonthBp),
          kept: share(formula.perKeptBp),
          broken: share(formula.perBrokenBp),
          max: share(formula.maxBp),
        }),
      );
    }
    if (from > to) lines.push(t("promised.lines.windowOver", { from, to }));
    else if (from > 1 || to < 31) lines.push(t("promised.lines.window", { from, to }));
    if (tariffCodes) lines.push(t("promised.lines.tariffs", { names: tariffCodes.map(nameOf).join(", ") || "—" }));
    if (policy.paymentBetween) lines.push(t("promised.lines.between"));
    lines.push(t(policy.consentRequired ? "promised.lines.consentYes" : "promised.lines.consentNo"));
    lines.push(t(policy.automaticOffer ? "promised.lines.automaticYes" : "promised.lines.automaticNo"));
    return lines;
  };
}
