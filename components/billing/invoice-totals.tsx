import { useTranslations } from "next-intl";
import { StatStrip } from "@/components/blocks/stat-strip";
import { Money } from "@/components/ui/money";
import type { InvoicePage } from "./billing-types";
import { type InvoiceParams, invoicesHref } from "./invoice-params";

/** The month by kind of document: sum and count, each the way to its list. */
export function InvoiceTotals({ totals, params }: { totals: InvoicePage["totals"]; params: InvoiceParams }) {
  const t = useTranslations("billing.invoices");
  return (
    <StatStrip
      label={t("totals")}
      items={totals.map(({ kind, count, totalMinor }) => ({
        id: kind,
        label: t(`kindShort.${kind}`),
        value: <Money minor={totalMinor} kopecks="whole" />,
        change: { direction: "same", tone: "neutral", text: t("count", { count }) },
        href: invoicesHref(params, { kind, q: undefined }),
      }))}
    />
  );
}
