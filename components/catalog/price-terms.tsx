import { useTranslations } from "next-intl";
import { KeyValue, type KeyValueItem } from "@/components/blocks/key-value";
import type { DayRule, MoneyGate, Proration } from "@/server/domain/catalog/constants";
import type { Proposal } from "./outputs";
import { usePriceWords } from "./use-price-words";

type Terms = Omit<Proposal["price"], "tariffId" | "phases" | "usagePricing"> & {
  readonly phases: readonly { readonly months: number; readonly feeMinor: bigint; readonly isTrial: boolean }[];
};
type Props = { price: Omit<Terms, "periodMonths"> & { readonly periodMonths: number }; today: string; dates: boolean };

/** A price version in full; what nobody asks about every day comes last. */
export function PriceTerms({ price, today, dates }: Props) {
  const t = useTranslations("catalog");
  const words = usePriceWords(today);
  const proration = (rule: string) => t(`proration.${rule as Proration}`);
  const items: (KeyValueItem | null)[] = [
    dates ? { key: "new", label: t("terms.newFrom"), value: words.day(price.newFrom) } : null,
    dates
      ? {
          key: "existing",
          label: t("terms.existingFrom"),
          value: price.existingFrom ? words.day(price.existingFrom) : t("terms.never"),
        }
      : null,
    { key: "fee", label: t("terms.fee"), value: <b className="num font-semibold">{words.fee(price)}</b> },
    price.phases.length > 0 ? { key: "phases", label: t("terms.phases"), value: words.phases(price.phases) } : null,
    { key: "method", label: t("terms.method"), value: words.method(price.chargeMethod) },
    { key: "gate", label: t("terms.gate"), value: t(`gate.${price.moneyGate as MoneyGate}`) },
    price.maxCharges === null ? null : { key: "max", label: t("terms.maxCharges"), value: price.maxCharges },
    price.chargeMethod === "one_off"
      ? null
      : {
          key: "proration",
          label: t("terms.proration"),
          value: t("terms.prorationWords", {
            start: proration(price.prorationStart),
            change: proration(price.prorationChange),
            stop: proration(price.prorationStop),
          }),
        },
    price.chargeMethod === "one_off"
      ? null
      : { key: "day", label: t("terms.dayRule"), value: t(`dayRule.${price.dayRule as DayRule}`) },
  ];
  return <KeyValue items={items.filter((item) => item !== null)} />;
}
