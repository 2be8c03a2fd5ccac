import { useLocale, useTranslations } from "next-intl";
import { TextLink } from "@/components/blocks/text-link";
import { formatNumber, formatPercent } from "@/components/i18n/format";
import { Money } from "@/components/ui/money";
import { Td, Th, Thead, Tr } from "@/components/ui/table";
import type { ChurnRow } from "@/server/domain/analytics";

export function ChurnHead({ first }: { first: string }) {
  const t = useTranslations("analytics.byTariff");
  return (
    <Thead>
      <Tr>
        <Th>{first}</Th>
        <Th numeric>{t("atStart")}</Th>
        <Th numeric>{t("ended")}</Th>
        <Th numeric>{t("churn")}</Th>
        <Th numeric>{t("lost")}</Th>
      </Tr>
    </Thead>
  );
}

/** The four figures of a row of churn; who left opens the list of them. */
export function ChurnCells({ row, href }: { row: ChurnRow; href: string }) {
  const locale = useLocale();
  return (
    <>
      <Td numeric>{formatNumber(row.atStart, locale)}</Td>
      <Td numeric>
        {row.ended > 0 ? <TextLink href={href}>{formatNumber(row.ended, locale)}</TextLink> : formatNumber(0, locale)}
      </Td>
      <Td numeric>{row.churnBp === null ? "—" : formatPercent(row.churnBp / 100, locale)}</Td>
      <Td numeric>
        <Money minor={-row.lostMrrMinor} kopecks="whole" />
      </Td>
    </>
  );
}
