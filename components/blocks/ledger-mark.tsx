import { Check, TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";

/** «сходится с журналом ✓», or by how much it does not. `differenceMinor` = shown − ledger, in kopecks. */
export function LedgerMark({ differenceMinor }: { differenceMinor: bigint }) {
  const t = useTranslations("ui.ledger");
  const locale = useLocale();
  const agrees = differenceMinor === 0n;
  const Icon = agrees ? Check : TriangleAlert;
  return (
    <strong className={`inline-flex items-center gap-1 font-semibold ${agrees ? "text-ok" : "text-danger"}`}>
      {agrees ? t("agrees") : t("differs", { amount: formatMoney(differenceMinor, locale, { sign: "always" }) })}
      <Icon aria-hidden="true" className="size-[1.05em]" />
    </strong>
  );
}
