import { useLocale, useTranslations } from "next-intl";
import { ChartCard } from "@/components/blocks/chart-card";
import { LedgerMark } from "@/components/blocks/ledger-mark";
import { TextLink } from "@/components/blocks/text-link";
import { formatMoney, formatNumber } from "@/components/i18n/format";
import { formatMonth, formatMonthTick } from "@/components/i18n/format-date";
import { Money } from "@/components/ui/money";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { Dashboard } from "@/server/domain/analytics";
import { Legend } from "./chart-parts";
import { chargedIn } from "./hrefs";
import { RevenueChart } from "./revenue-chart";

/** Revenue and cash by month, with the ledger's own figures in the table under it. */
export function RevenueCard({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations("analytics.revenueChart");
  const locale = useLocale();
  const whole = (minor: bigint) => formatMoney(minor, locale, { kopecks: "whole" });
  return (
    <ChartCard
      title={t("title")}
      sub={`${t("sub")} · ${t("hint")}`}
      mark={<LedgerMark differenceMinor={dashboard.check.differenceMinor} />}
      formula={t("formula")}
      chart={
        <>
          <Legend
            items={[
              { name: t("charged"), color: "var(--c1)" },
              { name: t("paid"), color: "var(--c3)", hatched: true },
            ]}
          />
          <RevenueChart
            names={{ charged: t("charged"), paid: t("paid") }}
            points={dashboard.revenue.map((row) => ({
              month: row.month,
              label: formatMonth(row.month, locale),
              tick: formatMonthTick(row.month, locale),
              charged: Number(row.chargedMinor / 100n) / 1000,
              paid: Number(row.paidMinor / 100n) / 1000,
              chargedText: whole(row.chargedMinor),
              paidText: whole(row.paidMinor),
              href: chargedIn(row.month),
            }))}
          />
        </>
      }
      table={
        <Table label={t("title")} dense maxHeight="22rem">
          <Thead>
            <Tr>
              <Th>{t("month")}</Th>
              {(["charged", "vat", "ledger", "paid", "accounts"] as const).map((key) => (
                <Th key={key} numeric>
                  {t(key)}
                </Th>
              ))}
            </Tr>
          </Thead>
          <Tbody>
            {dashboard.revenue.toReversed().map((row) => (
              <Tr key={row.month}>
                <Th scope="row">
                  <TextLink href={chargedIn(row.month)}>{formatMonth(row.month, locale)}</TextLink>
                </Th>
                <Td numeric>
                  <Money minor={row.chargedMinor} />
                </Td>
                <Td numeric>
                  <Money minor={row.vatMinor} />
                </Td>
                <Td numeric className={row.ledgerMinor === row.chargedMinor ? undefined : "font-semibold text-danger"}>
                  <Money minor={row.ledgerMinor} />
                </Td>
                <Td numeric>
                  <Money minor={row.paidMinor} />
                </Td>
                <Td numeric>{formatNumber(row.accounts, locale)}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      }
    />
  );
}
