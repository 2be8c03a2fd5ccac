import { useLocale, useTranslations } from "next-intl";
import { DataTable } from "@/components/blocks/data-table";
import { EmptyState } from "@/components/blocks/empty-state";
import { formatNumber } from "@/components/i18n/format";
import { StatusBadge } from "@/components/ui/status-badge";
import type { PromoCodes } from "./outputs";
import { EndPromoDialog } from "./promo-dialogs";
import { usePriceWords } from "./use-price-words";

const TONES = { in_force: "ok", to_come: "info", over: "off", used_up: "warn" } as const;

export function PromoList({ promo: { codes, today }, mayEdit }: { promo: PromoCodes; mayEdit: boolean }) {
  const t = useTranslations("catalog.promo");
  const bundle = useTranslations("catalog.bundle");
  const locale = useLocale();
  const words = usePriceWords(today);
  return (
    <DataTable
      label={t("label")}
      rows={codes}
      rowKey={(row) => row.id}
      empty={<EmptyState title={t("none")} text={t("noneText")} />}
      columns={[
        {
          key: "code",
          header: t("code"),
          rowHeader: true,
          cell: (row) => (
            <span className="grid justify-items-start gap-1">
              <span className="id font-medium">{row.code}</span>
              <StatusBadge tone={TONES[row.state]} size="s">
                {t(`state.${row.state}`)}
              </StatusBadge>
            </span>
          ),
        },
        {
          key: "gives",
          header: t("gives"),
          cell: (row) => (
            <span className="block min-w-44 whitespace-normal">
              <span className="num font-medium">
                {bundle("off", {
                  size: row.percentBp === null ? words.money(row.amountMinor ?? 0n) : words.percent(row.percentBp),
                })}
              </span>{" "}
              {row.months === null ? t("forever") : t("months", { months: row.months })}
              <span className="block text-small text-muted">
                {row.tariffs.length === 0 ? t("allTariffs") : row.tariffs.map(words.name).join(", ")}
              </span>
            </span>
          ),
        },
        {
          key: "term",
          header: t("term"),
          cell: (row) => (
            <span className="text-small whitespace-nowrap">
              {row.validTo
                ? bundle("until", { from: words.day(row.validFrom), to: words.day(row.validTo) })
                : bundle("since", { from: words.day(row.validFrom) })}
            </span>
          ),
        },
        {
          key: "redeemed",
          header: t("redeemed"),
          numeric: true,
          cell: (row) => (
            <>
              {row.totalLimit === null
                ? formatNumber(row.redeemed, locale)
                : t("of", { count: formatNumber(row.redeemed, locale), limit: formatNumber(row.totalLimit, locale) })}
              <span className="block text-small text-muted">{t("perCustomer", { count: row.perCustomerLimit })}</span>
            </>
          ),
        },
        {
          key: "end",
          header: <span className="sr-only">{t("end")}</span>,
          numeric: true,
          cell: (row) =>
            mayEdit && row.state !== "over" ? <EndPromoDialog promoCodeId={row.id} code={row.code} /> : null,
        },
      ]}
    />
  );
}
