import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatPercent } from "@/components/i18n/format";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import type { Sample } from "./outputs";
import { usePriceWords } from "./use-price-words";

const SOURCES = ["personal", "promo", "bundle"] as const;

type Discount = Sample["before"]["discounts"][number];
const keyOf = ({ source, label }: Discount) => `${source}|${label}`;

/** One subscriber's period: the fee, what comes off, what is left to pay and the VAT in it, now and then. */
export function SampleCard({ sample, today }: { sample: Sample; today: string }) {
  const t = useTranslations("catalog.impact");
  const locale = useLocale();
  const words = usePriceWords(today);
  const { before, after } = sample;
  const discounts = new Map([...before.discounts, ...after.discounts].map((one) => [keyOf(one), one]));
  const takenBy = (lines: Sample["before"], key: string) => {
    const found = lines.discounts.find((one) => keyOf(one) === key);
    return found ? -found.amountMinor : 0n;
  };
  const nameOf = ({ source, nameRu, nameEn }: Discount) =>
    t(`source.${SOURCES.find((known) => known === source) ?? "other"}`, { label: locale === "ru" ? nameRu : nameEn });
  return (
    <Card className="overflow-hidden">
      <CardHeader
        as="h3"
        title={t(`why.${sample.why}`)}
        sub={
          <>
            <Link href={`/crm/${sample.accountId}`} className="hover:underline">
              {sample.customerName}, <span className="id">{sample.accountNumber}</span>
            </Link>
            {" · "}
            {t("sampleSub", { day: words.day(sample.movesOn) })}
          </>
        }
      />
      <Table label={t(`why.${sample.why}`)} dense>
        <Thead>
          <Tr>
            <Th>{t("line")}</Th>
            <Th numeric>{t("now")}</Th>
            <Th numeric>{t("then")}</Th>
          </Tr>
        </Thead>
        <Tbody>
          <Tr>
            <Th scope="row">{t("fee")}</Th>
            <Td numeric>
              <Money minor={before.feeMinor} />
            </Td>
            <Td numeric>
              <Money minor={after.feeMinor} />
            </Td>
          </Tr>
          {[...discounts].map(([key, one]) => (
            <Tr key={key}>
              <Th scope="row" className="font-normal! whitespace-normal!">
                {nameOf(one)}
              </Th>
              <Td numeric>
                <Money minor={takenBy(before, key)} />
              </Td>
              <Td numeric>
                <Money minor={takenBy(after, key)} />
              </Td>
            </Tr>
          ))}
          <Tr className="font-semibold">
            <Th scope="row">{t("total")}</Th>
            <Td numeric>
              <Money minor={before.totalMinor} />
            </Td>
            <Td numeric>
              <Money minor={after.totalMinor} />
            </Td>
          </Tr>
          <Tr className="text-muted">
            <Th scope="row" className="font-normal! whitespace-normal!">
              {t("vat", { percent: formatPercent(after.vatPercent, locale) })}
            </Th>
            <Td numeric>
              <Money minor={before.vatMinor} />
            </Td>
            <Td numeric>
              <Money minor={after.vatMinor} />
            </Td>
          </Tr>
        </Tbody>
      </Table>
    </Card>
  );
}
