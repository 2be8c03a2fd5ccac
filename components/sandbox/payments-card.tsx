import { useLocale, useTranslations } from "next-intl";
import { formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import type { CopyFacts } from "./outputs";

/** What was paid to the copy by hand, and what waits for its day. */
export function CopyPaymentsCard({ payments }: Pick<CopyFacts, "payments">) {
  const t = useTranslations("sandbox.payments");
  const locale = useLocale();
  return (
    <Card>
      <CardHeader title={t("title")} />
      {payments.length === 0 ? (
        <p className="px-4 pb-3.5 text-small text-muted">{t("none")}</p>
      ) : (
        <ul aria-label={t("title")} className="divide-y divide-line border-t border-line">
          {payments.map(({ id, paidOn, amountMinor, posted }) => (
            <li key={id} className="flex items-baseline justify-between gap-3 px-4 py-2.5">
              <span className="text-small">
                {formatDay(paidOn, locale)} · <span className="text-muted">{t(posted ? "posted" : "planned")}</span>
              </span>
              <Money minor={amountMinor} movement={posted} className="font-semibold" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
