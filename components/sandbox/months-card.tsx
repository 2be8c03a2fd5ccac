import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { formatDay, formatMonth, formatMonthTick } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import { BalanceChart } from "./balance-chart";
import type { CopyFacts } from "./outputs";

const SUMS = ["chargedMinor", "creditedMinor", "paidMinor"] as const;

/** The balance drawn by day, and under it the book's own sums by month. */
export function MonthsCard({ copy }: { copy: CopyFacts }) {
  const t = useTranslations("sandbox.months");
  const locale = useLocale();
  const { curve, months } = copy;
  const ticks = curve.filter(({ day }, index) => index === 0 || day.endsWith("-01"));
  const totalOf = (key: (typeof SUMS)[number]) => months.reduce((sum, month) => sum + month[key], 0n);
  // A column of noughts would push the balance off a phone's screen.
  const shown = SUMS.filter((key) => key === "chargedMinor" || totalOf(key) !== 0n);
  const names = { chargedMinor: t("charged"), creditedMinor: t("credited"), paidMinor: t("paid") };
  return (
    <Card>
      <CardHeader title={t("title")} sub={t("sub")} />
      {curve.length > 1 ? (
        <div className="px-4 pb-3">
          <BalanceChart
            name={t("curve")}
            ticks={Object.fromEntries(ticks.map(({ day }) => [day, formatMonthTick(day, locale)]))}
            points={curve.map(({ day, balanceMinor }) => ({
              day,
              label: formatDay(day, locale),
              balance: Number(balanceMinor / 100n),
              text: formatMoney(balanceMinor, locale),
            }))}
          />
        </div>
      ) : null}
      <div className="border-t border-line">
        <Table label={t("title")} dense>
          <Thead>
            <Tr>
              <Th>{t("month")}</Th>
              {shown.map((key) => (
                <Th key={key} numeric>
                  {names[key]}
                </Th>
              ))}
              <Th numeric>{t("balance")}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {months.map((row) => (
              <Tr key={row.month}>
                <Th scope="row">{formatMonth(row.month, locale)}</Th>
                {shown.map((key) => (
                  <Td key={key} numeric>
                    {row[key] === 0n ? (
                      <span className="text-muted">0</span>
                    ) : (
                      <Money minor={row[key]} currency={false} />
                    )}
                  </Td>
                ))}
                <Td numeric>
                  <Money
                    minor={row.balanceMinor}
                    currency={false}
                    className={row.balanceMinor < 0n ? "text-danger" : ""}
                  />
                </Td>
              </Tr>
            ))}
          </Tbody>
          <tfoot className="font-semibold [&_td]:border-t [&_td]:border-b-0">
            <tr>
              <Td>{t("total")}</Td>
              {shown.map((key) => (
                <Td key={key} numeric>
                  <Money minor={totalOf(key)} currency={false} />
                </Td>
              ))}
              <Td numeric>
                <Money minor={copy.balanceMinor} currency={false} />
              </Td>
            </tr>
          </tfoot>
        </Table>
      </div>
    </Card>
  );
}
