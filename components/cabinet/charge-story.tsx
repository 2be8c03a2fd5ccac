import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/blocks/key-value";
import { formatMoney, formatPercent } from "@/components/i18n/format";
import type { Operation } from "./cabinet-types";
import { periodWords, rangeWords } from "./period-words";
import { chargedTariffName } from "./tariff-name";

/** «Почему столько»: the fee, the days, which price, the tax inside; the very figures the charge was made of. */
export function ChargeStory({ charge }: { charge: NonNullable<Operation["charge"]> }) {
  const t = useTranslations("operations.explain");
  const locale = useLocale();
  const money = (minor: bigint) => formatMoney(minor, locale);
  const partial = charge.chargedDays !== charge.periodDays;
  const prorated = charge.amountMinor !== charge.feeMinor;
  return (
    <KeyValue
      className="num"
      items={[
        { key: "tariff", label: t("tariff"), value: chargedTariffName(charge, locale) },
        { key: "period", label: t("period"), value: periodWords(charge.periodStart, charge.periodEnd, locale) },
        ...(partial
          ? [
              {
                key: "days",
                label: t("paidDays"),
                value: `${rangeWords(charge.chargedFrom, charge.chargedTo, locale)}, ${t("daysCount", { charged: charge.chargedDays, total: charge.periodDays })}`,
              },
            ]
          : []),
        {
          key: "formula",
          label: t("formula"),
          value: prorated
            ? t("calculation", {
                fee: money(charge.feeMinor),
                charged: charge.chargedDays,
                total: charge.periodDays,
                amount: money(charge.amountMinor),
              })
            : t("wholeCalculation", { fee: money(charge.feeMinor) }),
        },
        {
          key: "price",
          label: t("price"),
          value: charge.priceVersion === null ? t("personal") : t("priceVersion", { version: charge.priceVersion }),
        },
        charge.vatPercent === 0
          ? { key: "vat", label: t("vatLabel"), value: t("noVat") }
          : {
              key: "vat",
              label: t("vat", { percent: formatPercent(charge.vatPercent, locale) }),
              value: money(charge.vatMinor),
            },
      ]}
    />
  );
}
