import { useLocale, useTranslations } from "next-intl";
import { StatStrip } from "@/components/blocks/stat-strip";
import { formatDay } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import type { CopyFacts } from "./outputs";

/** Where the copy stands by its clock, in four figures. */
export function CopyStats({ copy }: { copy: CopyFacts }) {
  const t = useTranslations("sandbox.stats");
  const locale = useLocale();
  const { next, months, balanceMinor, clockOn } = copy;
  const sum = (key: "chargedMinor" | "paidMinor") => months.reduce((total, month) => total + month[key], 0n);
  return (
    <StatStrip
      label={t("label")}
      items={[
        {
          id: "balance",
          label: t("balance"),
          value: <Money minor={balanceMinor} className={balanceMinor < 0n ? "text-danger" : ""} />,
        },
        {
          id: "next",
          label: next?.chargeOn ? `${t("next")}, ${formatDay(next.chargeOn, locale, clockOn)}` : t("next"),
          value: next?.chargeOn ? <Money minor={next.chargeMinor} /> : <span className="text-body">{t("none")}</span>,
        },
        { id: "charged", label: t("charged"), value: <Money minor={sum("chargedMinor")} /> },
        { id: "paid", label: t("paid"), value: <Money minor={sum("paidMinor")} /> },
      ]}
    />
  );
}
