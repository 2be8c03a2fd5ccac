import { useLocale, useTranslations } from "next-intl";
import { formatMoney } from "@/components/i18n/format";
import { formatMonth } from "@/components/i18n/format-date";
import { Card, CardHeader } from "@/components/ui/card";
import { Money } from "@/components/ui/money";
import { Table, Tbody, Td, Th, Thead, Tr } from "@/components/ui/table";
import { isFee } from "@/server/domain/subscriptions/constants";
import type { Comparison } from "./document-types";

/** This month against the last: what changed first, each line with its causes; what did not change is quiet. */
export function ComparisonCard({ comparison }: { comparison: Comparison }) {
  const t = useTranslations("documents.compare");
  const locale = useLocale();
  const { nowMinor, beforeMinor, lines } = comparison;
  const delta = nowMinor - beforeMinor;
  const size = formatMoney(delta < 0n ? -delta : delta, locale);
  return (
    <Card>
      <CardHeader
        title={t("title")}
        sub={
          <span className="num">
            {t("sub", {
              month: formatMonth(comparison.month, locale),
              now: formatMoney(nowMinor, locale),
              before: formatMonth(comparison.before, locale).toLocaleLowerCase(locale),
              past: formatMoney(beforeMinor, locale),
            })}
          </span>
        }
        action={
          lines.length === 0 ? null : (
            <span className="num font-medium text-ink">
              {delta === 0n ? t("same") : t(delta > 0n ? "more" : "less", { amount: size })}
            </span>
          )
        }
      />
      {lines.length === 0 ? (
        <p className="px-4 pb-4 text-small text-muted">{t("empty")}</p>
      ) : (
        <Table label={t("label")} dense>
          <Thead>
            <Tr>
              <Th>{t("name")}</Th>
              <Th numeric className="max-sm:hidden">
                {t("before")}
              </Th>
              <Th numeric>{t("now")}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {lines.map((line) => (
              <ComparedRow key={line.key} line={line} />
            ))}
          </Tbody>
        </Table>
      )}
    </Card>
  );
}

function ComparedRow({ line }: { line: Comparison["lines"][number] }) {
  const t = useTranslations("documents.compare");
  const locale = useLocale();
  const { now, before, deltaMinor, causes } = line;
  const named = now ?? before;
  const fee = named ? isFee(named.kind) : false;
  const changed = deltaMinor !== 0n;
  const [past, present] = [before?.amountMinor ?? 0n, now?.amountMinor ?? 0n];
  return (
    <Tr className={changed ? "" : "text-muted"}>
      <Th scope="row">
        <span className={changed ? "block font-medium" : "block"}>
          {locale === "ru" ? named?.nameRu : named?.nameEn}
        </span>
        <span className="block text-small text-muted">
          {changed
            ? causes.map((cause) => t(`cause.${cause === "new" && fee ? "newFee" : cause}`)).join(", ")
            : t("unchanged")}
        </span>
      </Th>
      <Td numeric className="align-top text-muted max-sm:hidden">
        <Money minor={past} />
      </Td>
      <Td numeric className="align-top">
        <Money minor={present} className={changed ? "font-semibold" : ""} />
        {changed ? (
          <span className="block text-small text-muted">{formatMoney(deltaMinor, locale, { sign: "always" })}</span>
        ) : null}
      </Td>
    </Tr>
  );
}
