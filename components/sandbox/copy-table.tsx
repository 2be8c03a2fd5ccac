import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DataTable } from "@/components/blocks/data-table";
import { TextLink } from "@/components/blocks/text-link";
import { dayOf, formatDay } from "@/components/i18n/format-date";
import { Instant } from "@/components/ui/instant";
import { Money } from "@/components/ui/money";
import { type ListedCopy, SANDBOX_PATH } from "./outputs";

type Props = { copies: readonly ListedCopy[]; now: Date; zone: string; empty: ReactNode };

export function CopyTable({ copies, now, zone, empty }: Props) {
  const t = useTranslations("sandbox.list");
  const locale = useLocale();
  return (
    <DataTable
      label={t("label")}
      rows={copies}
      rowKey={({ copyId }) => copyId}
      empty={empty}
      columns={[
        {
          key: "copy",
          header: t("copy"),
          rowHeader: true,
          cell: ({ copyId, ordinal }) => (
            <TextLink href={`${SANDBOX_PATH}/${copyId}`}>{t("name", { ordinal })}</TextLink>
          ),
        },
        {
          key: "account",
          header: t("account"),
          cell: ({ sourceAccountId, accountNumber }) => (
            <TextLink href={`/crm/${sourceAccountId}`}>{accountNumber.split("/")[0]}</TextLink>
          ),
        },
        {
          key: "clock",
          header: t("clock"),
          cell: ({ clockAt }) => <span className="num">{formatDay(dayOf(clockAt, zone), locale)}</span>,
        },
        {
          key: "balance",
          header: t("balance"),
          numeric: true,
          cell: ({ balanceMinor }) => <Money minor={balanceMinor} className={balanceMinor < 0n ? "text-danger" : ""} />,
        },
        { key: "copied", header: t("copied"), cell: ({ copiedAt }) => <Instant at={copiedAt} now={now} /> },
      ]}
    />
  );
}
