import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { reasonWords } from "@/components/documents/line-words";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { isFee } from "@/server/domain/subscriptions/constants";
import type { Operation } from "./cabinet-types";
import { tariffName } from "./tariff-name";

/** Why money came back: of which charge, for what reason, how many of its days stay paid. */
export function AdjustmentStory({ adjustment }: { adjustment: NonNullable<Operation["adjustment"]> }) {
  const t = useTranslations("operations.explain");
  const words = useTranslations("documents");
  const locale = useLocale();
  return (
    <KeyValue
      className="num"
      items={[
        { key: "reason", label: t("reason"), value: reasonWords(adjustment.reason, words) },
        {
          key: "tariff",
          label: t(isFee(adjustment.kind) ? "returned" : "tariff"),
          value: tariffName(adjustment, locale),
        },
        { key: "of", label: t("of"), value: formatDay(adjustment.periodStart, locale) },
        ...(adjustment.daysKept === null
          ? []
          : [{ key: "kept", label: t("daysKept"), value: String(adjustment.daysKept) }]),
        adjustment.vatPercent === 0
          ? { key: "vat", label: t("vatLabel"), value: t("noVat") }
          : {
              key: "vat",
              label: t("vat", { percent: formatPercent(adjustment.vatPercent, locale) }),
              value: formatMoney(adjustment.vatMinor, locale),
            },
      ]}
    />
  );
}
