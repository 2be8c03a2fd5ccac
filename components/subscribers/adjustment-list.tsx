import { useLocale, useTranslations } from "next-intl";
import { reasonWords } from "@/components/documents/line-words";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay, formatMonth } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { StatusBadge } from "@/components/ui/status-badge";
import { DecideCorrection } from "./decide-correction";
import { FoldedList } from "./folded-list";
import type { AdjustmentFacts, CorrectionFacts } from "./outputs";
import { tariffName } from "./tariff-name";

type Props = {
  accountId: string;
  adjustments: readonly AdjustmentFacts[];
  waiting: readonly CorrectionFacts[];
  mayDecide: boolean;
  today: string;
};

/** Money given back, each with its reason; above it what waits for a second person. */
export function AdjustmentList({ accountId, adjustments, waiting, mayDecide, today }: Props) {
  const t = useTranslations("subscribers.timeline");
  return (
    <FoldedList
      label={t("adjustmentsLabel")}
      none={t("noAdjustments")}
      items={[
        ...waiting.map((correction) => ({
          id: correction.approvalId,
          node: <WaitingItem accountId={accountId} correction={correction} mayDecide={mayDecide} />,
        })),
        ...adjustments.map((adjustment) => ({
          id: adjustment.id,
          node: <AdjustmentItem adjustment={adjustment} today={today} />,
        })),
      ]}
    />
  );
}

function WaitingItem({
  accountId,
  correction,
  mayDecide,
}: Pick<Props, "accountId" | "mayDecide"> & { correction: CorrectionFacts }) {
  const t = useTranslations("subscribers.timeline");
  const documents = useTranslations("documents");
  const locale = useLocale();
  const { order, askedBy, amountMinor, isOwn } = correction;
  return (
    <div className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
            <span className="font-medium">{reasonWords(order.reason, documents)}</span>
            <StatusBadge tone="warn" size="s">
              {t("waiting")}
            </StatusBadge>
          </p>
          <p className="text-small text-muted">
            {t("ofCharge", { month: formatMonth(order.periodStart, locale).toLocaleLowerCase(locale) })}
            {askedBy ? ` · ${t("askedBy", { name: askedBy })}` : null} · {order.note}
          </p>
        </div>
        <Money minor={amountMinor} className="shrink-0 text-muted" />
      </div>
      {mayDecide || isOwn ? <DecideCorrection accountId={accountId} correction={correction} /> : null}
    </div>
  );
}

function AdjustmentItem({ adjustment, today }: { adjustment: AdjustmentFacts; today: string }) {
  const t = useTranslations("subscribers.timeline");
  const documents = useTranslations("documents");
  const locale = useLocale();
  const tariff = tariffName(adjustment, locale);
  return (
    <div className="flex items-start justify-between gap-3">
      <div className="min-w-0">
        <p className="font-medium">{reasonWords(adjustment.reason, documents)}</p>
        <p className="text-small text-muted">
          {formatDay(adjustment.bookedOn, locale, today)} · {tariff},{" "}
          {t("ofCharge", { month: formatMonth(adjustment.periodStart, locale).toLocaleLowerCase(locale) })}
        </p>
        {adjustment.note ? <p className="text-small text-muted">{adjustment.note}</p> : null}
        <p className="num text-small text-muted">
          {t("vat", {
            percent: formatPercent(adjustment.vatPercent, locale),
            amount: formatMoney(adjustment.vatMinor, locale),
          })}
        </p>
      </div>
      <Money minor={adjustment.amountMinor} movement className="shrink-0 font-semibold" />
    </div>
  );
}
