import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { formatDay } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import type { CabinetHome } from "./cabinet-types";
import { tariffName } from "./tariff-name";

/** What the month consists of: every subscription with its fee, and the credit limit where there is one. */
export function ConnectedCard({ home, className }: { home: CabinetHome; className?: string }) {
  const t = useTranslations("cabinet.tariffs");
  const locale = useLocale();
  if (home.connected.length === 0) return null;
  return (
    <Card aria-labelledby="connected" className={className}>
      <CardHeader
        id="connected"
        title={t("title")}
        action={
          home.connected.some((row) => row.kind !== "option") ? (
            <Link href={`/my/services?account=${home.account.id}`} className="py-1 hover:text-ink hover:underline">
              {t("change")} →
            </Link>
          ) : null
        }
      />
      <ul className="divide-y divide-line border-t border-line">
        {home.connected.map((row) => {
          const notes = [
            row.isPersonal ? t("personal") : null,
            row.startsOn ? t("starts", { day: formatDay(row.startsOn, locale, home.today) }) : null,
            row.endsOn ? t("ends", { day: formatDay(row.endsOn, locale, home.today) }) : null,
            row.change
              ? t("changes", {
                  day: formatDay(row.change.effectiveOn, locale, home.today),
                  to: tariffName(row.change, locale),
                })
              : null,
          ].filter((note) => note !== null);
          return (
            <li key={row.subscriptionId} className="flex items-start justify-between gap-3 px-4 py-2.5">
              <span className="min-w-0">
                {tariffName(row, locale)}
                {row.quantity > 1 ? (
                  <span className="text-muted"> {t("quantity", { count: row.quantity })}</span>
                ) : null}
                {notes.length > 0 ? <span className="block text-small text-muted">{notes.join(" · ")}</span> : null}
              </span>
              <span className="num shrink-0 text-right text-small text-muted">
                {row.isUsage
                  ? t("byUsage")
                  : row.feeMinor === 0n
                    ? t("free")
                    : t("fee", { amount: formatMoney(row.feeMinor, locale) })}
              </span>
            </li>
          );
        })}
        {home.money.creditLimitMinor > 0n ? (
          <li className="flex justify-between gap-3 px-4 py-2.5 text-small text-muted">
            <span>{t("credit")}</span>
            <span className="num">{formatMoney(home.money.creditLimitMinor, locale)}</span>
          </li>
        ) : null}
      </ul>
    </Card>
  );
}
