import { useLocale, useTranslations } from "next-intl";
import { ChartCard } from "@/components/blocks/chart-card";
import { TextLink } from "@/components/blocks/text-link";
import { formatNumber } from "@/components/i18n/format";
import { formatMonth, formatMonthTick } from "@/components/i18n/format-date";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { Dashboard } from "@/server/domain/analytics";
import { BaseChart } from "./base-chart";
import { Legend } from "./chart-parts";
import { endedIn, startedIn } from "./hrefs";

/** The base by month: how many there are, who joined, who left. */
export function BaseCard({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations("analytics.baseChart");
  const locale = useLocale();
  const names = { active: t("active"), started: t("started"), ended: t("ended") };
  return (
    <ChartCard
      title={t("title")}
      sub={t("sub")}
      formula={t("formula")}
      chart={
        <>
          <Legend
            items={[
              { name: names.active, color: "var(--c1)" },
              { name: names.started, color: "var(--c3)" },
              { name: names.ended, color: "var(--c2)", hatched: true },
            ]}
          />
          <BaseChart
            names={names}
            points={dashboard.base.map((row) => ({
              ...row,
              label: formatMonth(row.month, locale),
              tick: formatMonthTick(row.month, locale),
            }))}
          />
        </>
      }
      table={
        <Table label={t("title")} dense maxHeight="22rem">
          <Thead>
            <Tr>
              <Th>{t("month")}</Th>
              <Th numeric>{names.active}</Th>
              <Th numeric>{names.started}</Th>
              <Th numeric>{names.ended}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {dashboard.base.toReversed().map((row) => (
              <Tr key={row.month}>
                <Th scope="row">{formatMonth(row.month, locale)}</Th>
                <Td numeric>{formatNumber(row.active, locale)}</Td>
                <Td numeric>
                  <TextLink href={startedIn(row.month)}>{formatNumber(row.started, locale)}</TextLink>
                </Td>
                <Td numeric>
                  <TextLink href={endedIn(row.month)}>{formatNumber(row.ended, locale)}</TextLink>
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      }
    />
  );
}
